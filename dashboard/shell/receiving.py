"""What browsers send to pages that are none of Streamlit's."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request

from dashboard.shell.routes import encrypted


async def body_of(request: Request, longest: int) -> bytes | None:
    """What was sent; None where it is more than ``longest`` bytes."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > longest:
            return None
    return body


async def fields_of(
    request: Request, *, longest: int = 2_048, most: int = 10, blanks: bool = False
) -> dict[str, str] | None:
    """A form's fields, empty ones only with ``blanks``; None where there is too much of it."""
    body = await body_of(request, longest)
    if body is None:
        return None
    try:
        found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=blanks, max_num_fields=most)
    except ValueError:
        return None
    return {name: values[0] for name, values in found.items()}


def host_of(request: Request) -> str:
    """Where this server is reached, as the browser that asks has it."""
    scheme = "https" if encrypted(request) else "http"
    return f"{scheme}://{request.headers.get('host', '')}"
