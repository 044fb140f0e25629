"""Demander à une ou plusieurs entreprises ce qui manque :
une lettre, un délai, le même pour toutes (CCP, art. R. 2144-2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.candidatures import examen, rules
from beffroi.choix.candidatures.lettres import COMPLEMENT, PREUVES, lignes
from beffroi.choix.candidatures.models import DemandeDeComplement, Preuve
from beffroi.choix.candidatures.services.journal import noter
from beffroi.choix.echanges import services as echanges
from beffroi.choix.echanges.modeles import Modele
from beffroi.choix.echanges.models import Courrier
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller

Objet = DemandeDeComplement.Objet


@dataclass(frozen=True)
class APreciser:
    """Ce qui est demandé à une entreprise : chaque pièce par sa clé et son intitulé."""

    pli: Pli
    pieces: Sequence[tuple[str, str]]


@transaction.atomic
def demander_de_completer(
    *,
    consultation: Consultation,
    demandes: Sequence[APreciser],
    avant: datetime,
    par: Utilisateur,
    maintenant: datetime,
) -> Courrier:
    """Prépare et envoie la lettre, à toutes les entreprises choisies ou à aucune."""
    consultation = verrouiller(consultation, avec=("organisme",))
    exiger(
        rules.peut_demander(
            etat=consultation.etat,
            avant=avant,
            maintenant=maintenant,
            en_cours=examen.delais_en_cours(consultation, le=maintenant),
            sans_piece=[demande.pli.equipe.nom for demande in demandes if not demande.pieces],
        )
    )
    if not demandes:
        raise RegleEnfreinte("Choisissez au moins une entreprise.")
    return _ecrire(
        consultation,
        COMPLEMENT,
        Objet.PIECES,
        demandes,
        avant=avant,
        par=par,
        maintenant=maintenant,
    )


@transaction.atomic
def demander_les_preuves(
    *, pli: Pli, sortes: Sequence[str], avant: datetime, par: Utilisateur, maintenant: datetime
) -> Courrier:
    """Demande à l'entreprise que l'on va retenir de prouver qu'elle n'est pas
    exclue (CCP, art. R. 2144-4).
    """
    consultation = verrouiller(pli.consultation, avec=("organisme",))
    demande = APreciser(pli, [(sorte, Preuve.Sorte(sorte).label) for sorte in sortes])
    sans = [] if demande.pieces else [pli.equipe.nom]
    exiger(
        rules.peut_demander(
            etat=consultation.etat, avant=avant, maintenant=maintenant, en_cours=(), sans_piece=sans
        )
    )
    return _ecrire(
        consultation, PREUVES, Objet.PREUVES, [demande], avant=avant, par=par, maintenant=maintenant
    )


def _ecrire(
    consultation: Consultation,
    lettre: Modele,
    objet: str,
    demandes: Sequence[APreciser],
    *,
    avant: datetime,
    par: Utilisateur,
    maintenant: datetime,
) -> Courrier:
    """Le courrier par `echanges`, avec ses preuves de remise, et ce que la grille en retient."""
    projet = echanges.Projet(
        sorte=lettre.sorte,
        sujet=lettre.sujet,
        texte=lettre.texte,
        a=[demande.pli.equipe for demande in demandes],
        reponse_avant=avant,
    )
    courrier = echanges.rediger(
        consultation=consultation, projet=projet, par=par, maintenant=maintenant
    )
    exemplaires = {e.fil.equipe_id: e for e in courrier.exemplaires.select_related("fil")}
    textes: dict[str, str] = {}
    for demande in demandes:
        reference = exemplaires[demande.pli.equipe_id].reference
        textes[reference] = "\n".join(filter(None, (textes.get(reference), lignes(demande.pieces))))
    echanges.ecrire_les_textes_propres(
        courrier=courrier, textes=textes, par=par.acteur, maintenant=maintenant
    )
    courrier = echanges.envoyer(courrier=courrier, par=par, maintenant=maintenant)
    for demande in demandes:
        DemandeDeComplement.objects.create(
            pli=demande.pli,
            objet=objet,
            exemplaire=exemplaires[demande.pli.equipe_id],
            pieces=[{"cle": cle, "intitule": intitule} for cle, intitule in demande.pieces],
            demandee_par=par,
            demandee_le=maintenant,
        )
    noter(
        "candidatures.demander",
        consultation,
        par=par,
        le=maintenant,
        objet=objet,
        courrier=courrier.reference,
        avant=avant.isoformat(),
        demandes=[
            {"candidature": demande.pli.reference, "pieces": [cle for cle, _ in demande.pieces]}
            for demande in demandes
        ],
    )
    return courrier
