"""电子邮件。"""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from alerts.letter import TIMEOUT_S, Answer, Letter, MailServer, Outlets, without
from alerts.route import Route


def send(route: Route, letter: Letter, outlets: Outlets, at: datetime) -> Answer:
    """Sends a letter through the office's mail server."""
    server = outlets.mail
    if not server.host or not server.sender:
        return Answer(ok=False, words="没有设置邮件服务器（GOVWATCH_SMTP_HOST、GOVWATCH_MAIL_FROM）")
    if "\n" in route.address or "\r" in route.address or "@" not in parseaddr(route.address)[1]:
        return Answer(ok=False, words="邮箱地址写法有误")
    try:
        return _deliver(server, message(server, route, letter, at), route)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _refusal(code, said, server)
    except smtplib.SMTPResponseException as error:
        return _refusal(error.smtp_code, error.smtp_error, server)
    except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
        words = without(str(error) or type(error).__name__, server.password)
        return Answer(ok=False, words=f"没有送达：{words}", again=True)


def message(server: MailServer, route: Route, letter: Letter, at: datetime) -> EmailMessage:
    """The letter as a mail. Its Message-ID is made of the fingerprint: a repeat is known as one."""
    made = EmailMessage()
    made["Subject"] = " ".join(letter.subject.split())
    made["From"] = server.sender
    made["To"] = route.address
    made["Date"] = format_datetime(at)
    host = parseaddr(server.sender)[1].rpartition("@")[2] or "govwatch.invalid"
    made["Message-ID"] = f"<{letter.fingerprint[:40]}@{host}>"
    made["Auto-Submitted"] = "auto-generated"
    if letter.urgent:
        made["Importance"] = "high"
    made.set_content(letter.text)
    return made


def _deliver(server: MailServer, made: EmailMessage, route: Route) -> Answer:
    context = ssl.create_default_context()
    connect = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
        if server.security == "tls"
        else smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    )
    with connect as line:
        if server.security == "starttls":
            line.starttls(context=context)
        if server.user:
            line.login(server.user, server.password)
        line.send_message(made, from_addr=parseaddr(server.sender)[1], to_addrs=[route.address])
    return Answer(ok=True, words="邮件服务器已接收")


def _refusal(code: int, said: bytes | str, server: MailServer) -> Answer:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Answer(
        ok=False,
        words=without(f"邮件服务器拒绝（{code}）：{words}", server.password),
        again=400 <= code < 500,
    )
