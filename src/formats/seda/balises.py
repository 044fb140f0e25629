"""Ce que l'écriture et la lecture d'un bordereau ont en commun :
l'ordre des balises, les dates, les textes.
"""

import re
from datetime import date, datetime
from typing import Any

type Element = Any  # lxml n'est pas typé

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
# Le champ d'une `Unite` et sa balise, dans l'ordre du schéma : avant les mots-clés, puis les dates.
TEXTES = (
    ("niveau", "DescriptionLevel"),
    ("titre", "Title"),
    ("reference_du_systeme", "OriginatingSystemId"),
    ("reference_du_producteur", "OriginatingAgencyArchiveUnitIdentifier"),
    ("description", "Description"),
    ("sorte", "DocumentType"),
    ("langue", "Language"),
)
MOTS_CLES = "Tag"
DATES = (
    ("cree_le", "CreatedDate"),
    ("transmis_le", "TransactedDate"),
    ("envoye_le", "SentDate"),
    ("recu_le", "ReceivedDate"),
    ("enregistre_le", "RegisteredDate"),
    ("debut", "StartDate"),
    ("fin", "EndDate"),
)
# Des jetons : les espaces n'y comptent pas, et le vide n'y est pas admis.
JETONS = {"niveau", "reference_du_systeme", "reference_du_producteur", "langue"}
_INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def propre(texte: str) -> str:
    """Le texte, où ce que le XML n'admet pas s'écrit par son code : ⟨U+0000⟩."""
    return _INTERDITS.sub(lambda trouve: f"⟨U+{ord(trouve[0]):04X}⟩", texte)


def jeton(texte: str) -> str:
    return " ".join(propre(texte).split())


def ecrire_une_date(moment: date) -> str:
    return moment.isoformat()


def lire_une_date(texte: str) -> date | None:
    """Une date ou une heure ;
    rien si elle manque, ou si elle a une autre des formes admises (une année seule).
    """
    texte = texte.strip()
    try:
        return datetime.fromisoformat(texte) if "T" in texte else date.fromisoformat(texte)
    except ValueError:
        return None
