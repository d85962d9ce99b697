"""The page of a checkout in which nobody has built the page."""

from html import escape

from looma.platform.catalogue import LANGUAGES, text

from .page import PLACEHOLDER, Page

COMMAND = "tools/build_web.sh"
_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto}"
    "h1{font-size:1.25rem}pre{padding:.75rem 1rem;border:1px solid;border-radius:.5rem;overflow-x:auto}"
)


def unbuilt() -> Page:
    """In each language: what is missing, and what to do."""
    told = []
    for language in LANGUAGES:
        title, missing, meanwhile = (
            escape(text(f"web.unbuilt.{part}", language)) for part in ("title", "missing", "meanwhile")
        )
        told.append(
            f'<section lang="{language}"><h1>{title}</h1><p>{missing}</p><pre><code>{COMMAND}</code></pre>'
            f'<p>{meanwhile} <a href="/docs">/docs</a></p></section>'
        )
    return Page(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Looma</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style nonce="{PLACEHOLDER}">{_STYLE}</style></head><body>{"".join(told)}</body></html>'
    )
