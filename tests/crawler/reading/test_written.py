"""document.write: followed as far as it is plain, and no further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.written import fill_in


def written(script: str) -> str:
    source = f"<p><script>{script}</script></p>"
    return fill_in(source).removeprefix(f"<p><script>{script}</script>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("document.write('<b>甲</b>')", "<b>甲</b>"),
        ('document.writeln("a\\"b\\u4e2d\\x41");', 'a"b中A'),
        ("var a='x',b=\"y\";document.write(a+'-'+b+1);", "x-y1"),
        ("var s='';if(s!=''){document.write('有');}else{document.write('无');}", "无"),
        ("var s='1';if(s=='1')document.write('甲');else document.write('乙');", "甲"),
        ("var u='http://a/b';if(u.substring(0,7)=='http://'){document.write('外');}", "外"),
        ("document.write(unescape('%3Cb id=%27m%27%3E%u4e2d%3C/b%3E'));", "<b id='m'>中</b>"),
        ("var a='n';a+='m';document.write(a.length>1?'长':'短');", "长"),
        ("var d=new Date();document.write(d.getFullYear()+'年');", ""),
        ("if(navigator.userAgent=='x'){document.write('甲');}else{document.write('乙');}", "乙"),
        ("for(var i=0;i<3;i++){document.write(i);}", ""),
        ("function f(){document.write('不');} document.write('是');", "是"),
        ("// document.write('注释')\n/* document.write('注释') */document.write('正文')", "正文"),
        ("$('#a').click(function(){document.write('不');});document.write('是');", "是"),
        ("document.write('甲','乙',3)", "甲乙3"),
    ],
)  # fmt: skip
def test_plain_scripts_are_followed(script: str, text: str) -> None:
    assert written(script) == text


def test_variables_of_one_script_are_known_to_the_next() -> None:
    source = "<script>var n='通知公告';</script><script>document.write('<a>'+n+'</a>')</script>"
    assert fill_in(source).endswith("<a>通知公告</a>")


def test_scripts_of_other_files_and_pages_without_writing_are_left_alone() -> None:
    for source in ("<script src='a.js'>document.write(1)</script>", "<script>var a=1</script>", "plain"):
        assert fill_in(source) == source


def test_what_is_written_is_bounded() -> None:
    doubling = "var a='xxxxxxxxxx';" + "a=a+a;" * 60 + "document.write(a);"
    assert len(fill_in(f"<script>{doubling}</script>")) < 500_000


@given(st.text(alphabet="document.write('\")+;{}if(else)var a=1<>!\\\n", max_size=300))
def test_no_script_raises(script: str) -> None:
    fill_in(f"<script>document.write('a');{script}</script>")
