"""Where messages go: e-mail, 企业微信, 钉钉, 飞书, webhooks and whatever else apprise supports."""

from __future__ import annotations

from yuqing.core.errors import UsageError, YuqingError


def split_lines(body: str, limit: int) -> list[str]:
    """``body`` split into parts of at most ``limit`` bytes of UTF-8, at line ends; a longer line is cut.

    Chat bots count bytes and truncate or reject longer messages. A tenth is reserved for the title.
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
    """Send a message to every address in ``urls`` (separated by spaces); returns those that failed, secrets masked.

    Raises UsageError for an address that apprise does not support, YuqingError if every address failed.
    """
    import apprise  # 0.2 s, and most commands send nothing

    channels = []
    for number, url in enumerate(urls.split(), 1):
        channel = apprise.Apprise.instantiate(url, suppress_exceptions=True)
        if channel is None:
            kind = url.partition("://")[0]  # the rest may contain a password
            raise UsageError(f"Address {number} of YUQING_ALERTS__URLS ({kind}://…) is not supported by apprise.")
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
            # Scheme and host with passwords masked; apprise shows the path, which for a webhook is often the secret.
            shown = str(channel.url(privacy=True))  # type: ignore[no-untyped-call]
            failed.append("/".join(shown.partition("?")[0].split("/")[:3]))
    if len(failed) == len(channels):
        raise YuqingError(f"No channel took the message: {', '.join(failed)}. It will be tried again next time.")
    return failed
