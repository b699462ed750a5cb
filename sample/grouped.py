"""The list services of the sample: of JCMS, which is sent a form, and of JPaaS, which is asked for a unit."""

import json
from collections.abc import Mapping

from sample.model import NOT_FOUND, Answer, Service

PROXY = "/module/web/jpage/dataproxy.jsp"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
UNIT_ROWS = 2
"""Entries on one page of a JPaaS list."""


def dataproxy(records: Mapping[str, tuple[str, ...]]) -> Service:
    """The service over the records of each column, by its number; it tells whoever names column and block.

    Answers the records between the two numbers asked for, the first being 1.
    """

    def answer(query: Mapping[str, str], form: Mapping[str, str]) -> Answer:
        known = records.get(form.get("columnid", ""))
        first, last = query.get("startrecord", ""), query.get("endrecord", "")
        if known is None or form.get("unitid") != f"1{form['columnid']}" or not (first + last).isdigit():
            return NOT_FOUND
        told = "".join(f"<record><![CDATA[{text}]]></record>" for text in known[int(first) - 1 : int(last)])
        body = f"<datastore><totalrecord>{len(known)}</totalrecord><recordset>{told}</recordset></datastore>"
        return Answer(body=body.encode(), content_type="text/xml;charset=utf-8")

    return answer


def unit_builder(records: Mapping[str, tuple[str, ...]]) -> Service:
    """The service that builds the list of the column of a number, a page at a time, as HTML inside JSON.

    The number of the page stands in a field of JSON, and is 1 where none is asked for.
    """

    def answer(query: Mapping[str, str], form: Mapping[str, str]) -> Answer:
        known = records.get(query.get("pageId", ""))
        wanted = json.loads(query.get("paramJson", "{}"))
        if known is None or query.get("webId") != "60":
            return NOT_FOUND
        page = int(wanted.get("pageNo", 1))
        rows = "".join(known[(page - 1) * UNIT_ROWS : page * UNIT_ROWS])
        turner = f'<div class="pagination" rows="{UNIT_ROWS}" count="{len(known)}"></div>'
        html = f'<ul class="list">{rows}</ul>{turner if len(known) > UNIT_ROWS else ""}'
        body = json.dumps({"success": True, "code": "200", "data": {"html": html}}, ensure_ascii=False)
        return Answer(body=body.encode(), content_type="application/json;charset=UTF-8")

    return answer
