"""Le seul contrôle possible ici : les schémas de 2011.

Sans eux, rien n'est vérifié, et c'est dit.
"""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from formats.schemas import schema

DOSSIER = Path("pes") / "pes-v2.1.a-2011" / "Schemas_PES"
SCHEMA = DOSSIER / "PES_V2" / "Rev0" / "PES_Aller.xsd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`a_eu_lieu` : le fichier a passé les schémas de 2011, avec ce qu'ils refusent ;
    sinon, rien n'a été vérifié.
    """

    a_eu_lieu: bool
    defauts: tuple[str, ...] = ()


def verifier(document: bytes, *, normes: Path | None) -> Verdict:
    if normes is None or not (normes / SCHEMA).is_file():
        return Verdict(a_eu_lieu=False)
    try:
        lu = schema(normes / SCHEMA, normes / DOSSIER)
    except (OSError, etree.LxmlError):
        return Verdict(a_eu_lieu=False)
    racine = etree.fromstring(
        document, etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    )
    if lu.validate(racine):
        return Verdict(a_eu_lieu=True)
    return Verdict(
        a_eu_lieu=True, defauts=tuple(f"ligne {e.line} : {e.message}" for e in lu.error_log)
    )
