"""What a JCMS site answers to the form by which its paging script asks for further records."""

from collections.abc import Mapping

from sample.model import NOT_FOUND, Answer, Service

PROXY = "/module/web/jpage/dataproxy.jsp"


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
