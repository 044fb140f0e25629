"""Lire un document écrit comme une personne :
une ligne par paragraphe, les espaces insécables ramenées à l'espace.
"""

from beffroi.achat.redaction import documents
from beffroi.achat.redaction.tests.achats import DROIT, MAINTENANT
from droit.achat import Achat
from formats.document import Document
from formats.document.plan import lignes


def texte(document: Document) -> str:
    return "\n".join(lignes(document)).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def du_reglement(achat: Achat) -> str:
    return texte(documents.reglement(achat, DROIT, MAINTENANT))


def de_l_acte(achat: Achat) -> str:
    return texte(documents.acte_d_engagement(achat, DROIT, MAINTENANT))
