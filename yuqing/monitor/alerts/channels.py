"""Where messages go: e-mail, 企业微信, 钉钉, 飞书, webhooks and what else apprise knows."""

from __future__ import annotations

from yuqing.core.errors import UsageError, YuqingError


def split_lines(body: str, limit: int) -> list[str]:
    """``body`` in parts of at most ``limit`` bytes of UTF-8, whole lines in each; a longer line is cut.

    Chat robots count bytes and cut or refuse what is longer. A tenth is left for the title.
    """
    room = max(limit * 9 // 10, 100)
    parts: list[str] = []
    now = ""
    for line in body.split("\n"):
        while len(line.encode()) > room:
            head = line.encode()[:room].decode(errors="ignore")
            parts += [now.strip("\n")] if now.strip("\n") else []
            parts.append(head)
            now, line = "", line[len(head) :]
        if len(f"{now}{line}\n".encode()) > room:
            parts.append(now.strip("\n"))
            now = ""
        now += line + "\n"
    return [part for part in (*parts, now.strip("\n")) if part] or [""]


def send(urls: str, title: str, body: str) -> list[str]:
    """Send a message to every address of ``urls`` (separated by spaces); those that did not take it, secrets hidden.

    Raises UsageError for an address that apprise does not know and YuqingError when nobody took the message.
    """
    import apprise  # 0.2 s, and most commands send nothing

    channels = []
    for number, url in enumerate(urls.split(), 1):
        channel = apprise.Apprise.instantiate(url, suppress_exceptions=True)
        if channel is None:
            kind = url.partition("://")[0]  # the rest may be a password
            raise UsageError(f"Address {number} of YUQING_ALERTS__URLS ({kind}://…) is none that apprise knows.")
        channels.append(channel)
    failed = []
    for channel in channels:
        sender = apprise.Apprise()
        sender.add(channel)
        parts = split_lines(body, channel.body_maxlen)
        titles = (
            [title] if len(parts) == 1 else [f"{title}（{number}/{len(parts)}）" for number in range(1, len(parts) + 1)]
        )
        if not all(
            sender.notify(title=said, body=part, body_format=apprise.NotifyFormat.TEXT)
            for said, part in zip(titles, parts, strict=True)
        ):
            # Scheme and host with passwords hidden; apprise shows the path, which of a webhook is often the secret.
            shown = str(channel.url(privacy=True))  # type: ignore[no-untyped-call]
            failed.append("/".join(shown.partition("?")[0].split("/")[:3]))
    if len(failed) == len(channels):
        raise YuqingError(f"No channel took the message: {', '.join(failed)}. It is tried again next time.")
    return failed
