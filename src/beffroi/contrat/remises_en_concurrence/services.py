"""Ouvrir une remise en concurrence, et la modifier tant qu'elle n'est pas partie :
la consultation réservée naît d'ici.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from beffroi.achat.consultations import services as consultations
from beffroi.achat.consultations.models import PieceAttendue
from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.consultations.rules.heure_limite import ouverture_proposee
from beffroi.achat.consultations.services import Invitee
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.queries import representants_de
from beffroi.contrat.remises_en_concurrence import queries, rules
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

PROCEDURE = "marche_subsequent"
PIECES = (("Acte d'engagement", "pdf,odt,docx"), ("Prix", "xlsx,ods,pdf"))


@dataclass(frozen=True)
class Demande:
    """Ce que l'acheteur demande aux titulaires :
    l'objet, le besoin, les critères de l'accord-cadre, l'heure limite.
    """

    titre: str
    besoin: str
    criteres: str
    limite: datetime
    estimation: Decimal | None = None

    @property
    def texte(self) -> str:
        """Ce que chaque titulaire lit sur la page de la consultation."""
        return (
            f"{self.besoin.strip()}\n\nCritères, tels que l'accord-cadre les fixe :\n"
            f"{self.criteres.strip()}"
        )


@transaction.atomic
def ouvrir(
    *,
    accord: Marche,
    demande: Demande,
    courriels: Sequence[str],
    par: Utilisateur,
    maintenant: datetime,
) -> RemiseEnConcurrence:
    """Un brouillon réservé aux titulaires :
    l'acheteur y joint ses documents, ses clés, puis l'envoie en le publiant.
    """
    accord = verrouiller(accord, avec=("organisme",))
    jour = maintenant.astimezone(PARIS).date()
    exiger(rules.peut_remettre_en_concurrence(queries.faits_de(accord), jour=jour))
    exiger(rules.delai_suffisant(limite=demande.limite, maintenant=maintenant))
    titulaires = representants_de(accord)
    if len(courriels) != len(titulaires) or not all(courriels):
        raise RegleEnfreinte(
            "Donnez une adresse pour chaque titulaire : tous sont consultés, ensemble."
        )
    consultation = consultations.creer_consultation(
        organisme=accord.organisme,
        redigee_par=par,
        fiche=_fiche(accord, demande),
        maintenant=maintenant,
    )
    invitees = [
        Invitee(t.siret, t.nom, adresse) for t, adresse in zip(titulaires, courriels, strict=True)
    ]
    consultations.inviter_les_entreprises(
        consultation=consultation, invitees=invitees, par=par.acteur, maintenant=maintenant
    )
    for intitule, formats in PIECES:
        consultations.attendre_piece(
            consultation=consultation,
            enveloppe=PieceAttendue.Enveloppe.OFFRE,
            intitule=intitule,
            formats=formats,
            par=par.acteur,
            maintenant=maintenant,
        )
    remise = RemiseEnConcurrence.objects.create(
        consultation=consultation,
        accord_cadre=accord,
        besoin=demande.besoin.strip(),
        criteres=demande.criteres.strip(),
        estimation=demande.estimation,
        ouverte_par=par,
        ouverte_le=maintenant,
    )
    _journaliser(remise, "remise.ouvrir", par=par, maintenant=maintenant)
    return remise


@transaction.atomic
def modifier(
    *, remise: RemiseEnConcurrence, demande: Demande, par: Utilisateur, maintenant: datetime
) -> RemiseEnConcurrence:
    """Tant que rien n'est parti aux titulaires ;
    ensuite, un document se remplace et un délai se prolonge.
    """
    remise = verrouiller(remise, avec=("consultation__organisme", "accord_cadre"))
    exiger(rules.delai_suffisant(limite=demande.limite, maintenant=maintenant))
    consultations.modifier_brouillon(
        consultation=remise.consultation,
        fiche=_fiche(remise.accord_cadre, demande),
        par=par.acteur,
        maintenant=maintenant,
    )
    remise.besoin, remise.criteres = demande.besoin.strip(), demande.criteres.strip()
    remise.estimation = demande.estimation
    remise.save(update_fields=["besoin", "criteres", "estimation"])
    _journaliser(remise, "remise.modifier", par=par, maintenant=maintenant)
    return remise


def _fiche(accord: Marche, demande: Demande) -> Fiche:
    return Fiche(
        titre=demande.titre.strip(),
        objet=demande.texte,
        nature=accord.prestation,
        type_de_procedure=PROCEDURE,
        code_cpv=accord.code_cpv,
        lieu=accord.lieu,
        date_limite_remise=demande.limite,
        ouverture_prevue_le=ouverture_proposee(demande.limite),
    )


def _journaliser(
    remise: RemiseEnConcurrence, acte: str, *, par: Utilisateur, maintenant: datetime
) -> None:
    journaliser(
        acte,
        sujet=remise.accord_cadre.reference,
        organisme=remise.consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={"remise": remise.reference, "consultation": remise.consultation.reference},
    )
