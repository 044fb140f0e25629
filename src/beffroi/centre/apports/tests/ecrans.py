"""Les écrans des apports :
ce que la collectivité renvoie par son lien, ce que le centre en vérifie.
"""

from datetime import UTC, datetime

from django.core import signing

from beffroi.centre.apports.liens import SEL
from tests.parcours.ecran import FICHIER, POST, Ecran, Objets, envoyer, objet

APPORT = objet("SELECT reference FROM apports_apport WHERE issue = '' LIMIT 1")


def par_le_lien(objets: Objets) -> dict[str, str]:
    """Le lien que la collectivité a reçu, signé comme la plateforme le signe :
    son courriel peut être planté de canaris.
    """
    depuis = (
        "FROM conventions_convention WHERE id = (SELECT convention_id FROM "
        "apports_apport WHERE issue = '')"
    )
    envoi = datetime.fromisoformat(objets.lire(f"SELECT envoyee_le {depuis}")).replace(tzinfo=UTC)
    cle = (objets.dossier / "cles" / "django.txt").read_text("utf-8").strip()
    signataire = signing.Signer(key=cle, salt=f"{SEL}:{envoi.isoformat()}")
    return {"jeton": signataire.sign(objets.lire(f"SELECT reference {depuis}"))}


ECRANS = [
    Ecran("apports:dossier", arguments=par_le_lien),
    Ecran("apports:examiner", "nadege", APPORT),
    Ecran(
        "apports:dossier",
        arguments=par_le_lien,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Renvoyer", date="2099-01-01"),
    ),
    Ecran(
        "apports:examiner",
        "nadege",
        APPORT,
        etat="sans-motif",
        statut=422,
        geste=envoyer(bouton="Demander un autre fichier"),
    ),
]
SANS_ECRAN = {
    **dict.fromkeys(("apports:retenir", "apports:refaire"), POST),
    **dict.fromkeys(("apports:piece", "apports:fichier"), FICHIER),
}
