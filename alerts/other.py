"""其他渠道，经 Apprise（选装）。"""

from datetime import datetime

from alerts.letter import Answer, Letter, Outlets
from alerts.route import Route


def send(route: Route, letter: Letter, outlets: Outlets, at: datetime) -> Answer:
    """Sends a letter by whatever Apprise knows. It tells success from failure, but gives no reasons."""
    try:
        import apprise
    except ImportError:
        return Answer(ok=False, words="这一渠道需要选装组件：pip install 'govwatch[alerts]'")
    sender = apprise.Apprise()
    if not sender.add(route.address):
        return Answer(ok=False, words="通知渠道的地址不能识别")
    if sender.notify(title=letter.subject, body=letter.text):
        return Answer(ok=True, words="已提交")
    return Answer(ok=False, words="对方没有接收", again=True)
