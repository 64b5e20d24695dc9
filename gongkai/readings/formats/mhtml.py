"""Reading single-file web pages (MHTML), as browsers and office programs save them."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from gongkai.readings.formats import html
from gongkai.readings.formats.encoding import decoded
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.grid import Document

FORMAT = "mhtml"


def read(name: str, content: bytes) -> Document:
    """The document of the pages inside, in their order; pictures and styles are not looked at."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    documents = [
        html.read_text(name, _text(name, part))
        for part in message.walk()
        if part.get_content_type() == "text/html"
    ]
    if not documents:
        raise refusal("readings.corrupt", remedy="save_as_xlsx", place=name)
    grids = tuple(grid for document in documents for grid in document.grids)
    text = "\n".join(document.text for document in documents if document.text)
    return Document(FORMAT, grids, text)


def _text(name: str, part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if not content.strip():
        return ""
    charset = part.get_content_charset() or ""
    return decoded(content, name=name, declared=charset).text
