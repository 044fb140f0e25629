"""Le plan d'un site (sitemaps.org, 0.9) et ce que ses robots peuvent lire (RFC 9309)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

_ESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
TYPE = "application/xml; charset=utf-8"
# Un plan n'en nomme pas davantage (sitemaps.org).
PAGES_AU_PLUS = 50_000


@dataclass(frozen=True)
class Page:
    """Une page publique, et quand elle a changé, si cela se sait."""

    adresse: str
    changee_le: datetime | None = None


def en_xml(pages: Iterable[Page]) -> bytes:
    racine = ET.Element("urlset", {"xmlns": _ESPACE})
    for _, page in zip(range(PAGES_AU_PLUS), pages, strict=False):
        element = ET.SubElement(racine, "url")
        ET.SubElement(element, "loc").text = page.adresse
        if page.changee_le:
            ET.SubElement(element, "lastmod").text = _instant(page.changee_le)
    return bytes(ET.tostring(racine, encoding="utf-8", xml_declaration=True))


def robots(*, interdits: Sequence[str], plan: str = "") -> str:
    """Pour tous les robots ; sans `plan`, il n'est annoncé aucun plan."""
    lignes = ["User-agent: *", *(f"Disallow: {chemin}" for chemin in interdits)]
    return "\n".join([*lignes, *(["", f"Sitemap: {plan}"] if plan else [])]) + "\n"


def _instant(le: datetime) -> str:
    return f"{le.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
