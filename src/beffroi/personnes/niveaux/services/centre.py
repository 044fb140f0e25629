"""Ce que le centre constate, révoque, ou rouvre ; toujours sur des pièces qu'il décrit."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.personnes.entreprises.services import rouvrir_l_equipe
from beffroi.personnes.niveaux import queries, rules
from beffroi.personnes.niveaux.courriels import ecrire_la_revocation
from beffroi.personnes.niveaux.models import PreuveDEntreprise
from beffroi.personnes.niveaux.services.preuves import Moyen, etablir
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def prouver_sur_pieces(
    *, equipe: Equipe, pieces: str, par: Utilisateur, maintenant: datetime
) -> PreuveDEntreprise:
    """Le centre a vu les pièces, et dit lesquelles. Il n'en garde aucune."""
    equipe = verrouiller(equipe)
    vue = queries.equipe_vue(equipe)
    exiger(
        rules.peut_etablir(
            en_cours=queries.est_prouvee(equipe, le=maintenant, moyen=Moyen.PIECES),
            habitee=bool(vue.presents),
            precision=pieces.strip(),
        )
    )
    return etablir(
        equipe, moyen=Moyen.PIECES, precision=pieces.strip(), par=par, maintenant=maintenant
    )


@transaction.atomic
def revoquer(
    *, preuve: PreuveDEntreprise, motif: str, par: Utilisateur, maintenant: datetime
) -> PreuveDEntreprise:
    """La preuve finit maintenant. Ce qu'elle établissait quand elle valait reste un fait."""
    preuve = verrouiller(preuve, avec=("equipe",))
    exiger(rules.peut_revoquer(revoquee=preuve.revoquee_le is not None, motif=motif.strip()))
    preuve.revoquee_le, preuve.revoquee_par = maintenant, par
    preuve.motif_de_la_revocation = motif.strip()[:600]
    preuve.save(update_fields=["revoquee_le", "revoquee_par", "motif_de_la_revocation"])
    journaliser(
        "equipe.revoquer_la_preuve",
        sujet=preuve.equipe.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"preuve": preuve.reference, "motif": preuve.motif_de_la_revocation},
    )
    ecrire_la_revocation(preuve, maintenant=maintenant)
    return preuve


@transaction.atomic
def rouvrir(
    *,
    equipe: Equipe,
    personne: Utilisateur | None,
    pieces: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Membre:
    """Une équipe que la dernière personne a quittée revient à qui prouve être de l'entreprise.

    Le passé s'ouvre à elle ; ceux qui y étaient l'apprennent.
    """
    if personne is None:
        raise RegleEnfreinte(
            "Aucun compte n'a cette adresse. La personne ouvre d'abord le sien, "
            "et en prouve l'adresse."
        )
    if not pieces.strip():
        raise RegleEnfreinte("Dites quelles pièces vous avez vues, et leur date.")
    membre = rouvrir_l_equipe(
        equipe=equipe, personne=personne, pieces=pieces.strip(), par=par, maintenant=maintenant
    )
    if not queries.est_prouvee(equipe, le=maintenant, moyen=Moyen.PIECES):
        etablir(
            membre.equipe,
            moyen=Moyen.PIECES,
            precision=pieces.strip(),
            par=par,
            maintenant=maintenant,
        )
    return membre
