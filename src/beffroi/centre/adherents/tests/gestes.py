"""Des adhérents de théâtre, créés par les services,
pour les essais de ce contexte et de ceux au-dessus.
"""

from datetime import date

from beffroi.centre.adherents.models import Adherent, Effectif
from beffroi.centre.adherents.services import (
    Identite,
    Justificatif,
    creer_adherent,
    declarer_l_effectif,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.socle.journal.acteurs import PLATEFORME

# Des SIREN de clé juste, aux numéros de démonstration.
BOMY, AUDINCTHUN = "216201558", "216200535"
SIRET_DE_BOMY = "21620155800014"
CCAS_DE_BOMY, CAISSE_DE_BOMY = "266201003", "266201011"
ETAT = b"%PDF-1.7 etat du personnel"


def adherent(
    siren: str = BOMY, nom: str = "Commune de Bomy", nature: str = "commune", **reste: object
) -> Adherent:
    rattache_a = reste.pop("rattache_a", None)
    identite = Identite(siren=siren, nom=nom, nature=nature, **reste)
    return creer_adherent(
        identite=identite, rattache_a=rattache_a, par=PLATEFORME, maintenant=LUNDI
    )


def declarer(
    de: Adherent,
    agents: int,
    *,
    annee: int = 2026,
    par: Utilisateur | None = None,
    octets: bytes = ETAT,
) -> Effectif:
    return declarer_l_effectif(
        adherent=de,
        annee=annee,
        agents=agents,
        constate_le=min(date(annee, 1, 1), LUNDI.date()),
        justificatif=Justificatif("état du personnel.pdf", octets),
        par=par
        or Utilisateur.objects.filter(nom="Martine Caron").first()
        or personne("Martine Caron"),
        maintenant=LUNDI,
    )
