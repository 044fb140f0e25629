"""Inscrire un contrat : né d'une attribution, il reste à signer ;
conclu ailleurs, il entre avec ses dates.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.contrat.marches import queries
from beffroi.contrat.marches.events import MarcheInscrit
from beffroi.contrat.marches.models import Marche, Titulaire
from beffroi.contrat.marches.rules import dates, legalite, numero
from beffroi.contrat.marches.rules.consommation import commande_recevable
from beffroi.contrat.marches.rules.termes import recevables
from beffroi.contrat.marches.states import Etat
from beffroi.personnes.organismes.models import Organisme
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision
from droit.en_vigueur import Droit
from formats.dates import PARIS


@dataclass(frozen=True)
class Tenant:
    """Qui tient le contrat : son SIRET et son nom."""

    siret: str
    nom: str


@dataclass(frozen=True)
class Offre:
    """L'offre retenue dont le contrat naît ; vide pour un contrat sans consultation."""

    consultation: Consultation | None = None
    lot: Lot | None = None
    pli: Pli | None = None
    variante: int = 0


@dataclass(frozen=True)
class Termes:
    """Ce que le contrat dit."""

    numero: str
    objet: str
    prestation: str
    procedure: str
    montant: Decimal
    duree_en_mois: int
    forme_de_prix: str
    code_cpv: str
    lieu: str
    nature: str = Marche.Nature.MARCHE.value
    maximum: Decimal | None = None
    groupement: str = ""
    ccag: str = ""
    offres_recues: int = 1
    accord_cadre: Marche | None = None
    considerations_sociales: list[str] = field(default_factory=list)
    considerations_environnementales: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reprise:
    """Les dates d'un contrat conclu hors de la plateforme."""

    signe_le: date | None = None
    transmis_le: date | None = None
    notifie_le: date | None = None

    @property
    def etat(self) -> Etat:
        if self.notifie_le:
            return Etat.NOTIFIE
        if self.transmis_le:
            return Etat.TRANSMIS
        return Etat.SIGNE if self.signe_le else Etat.A_SIGNER


def _exiger_sous_le_maximum(termes: Termes, organisme: Organisme) -> None:
    """Un marché subséquent consomme le maximum de son accord-cadre,
    comme une commande (CCP, art. R. 2162-4).
    """
    if termes.accord_cadre is None:
        return
    accord = verrouiller(termes.accord_cadre)
    if accord.organisme_id != organisme.pk:
        raise RegleEnfreinte("Cet accord-cadre est d'un autre acheteur. Choisissez le vôtre.")
    consommation = queries.consommation_de(accord)
    if consommation is not None:
        exiger(commande_recevable(termes.montant, consommation=consommation))


@transaction.atomic
def inscrire(
    *,
    organisme: Organisme,
    termes: Termes,
    titulaires: Sequence[Tenant],
    offre: Offre = Offre(),
    reprise: Reprise = Reprise(),
    par: Acteur,
    maintenant: datetime,
) -> Marche:
    """Le contrat entre au registre.

    L'état se lit des dates ; la transmission au préfet, du montant et de la date.
    """
    organisme = verrouiller(organisme)
    jour = maintenant.astimezone(PARIS).date()
    exiger(
        numero.numero_recevable(
            termes.numero, deja=queries.numeros(organisme), droit=Droit.au(jour)
        )
    )
    exiger(termes_recevables(termes, titulaires))
    _exiger_sous_le_maximum(termes, organisme)
    exiger(
        dates.dates_en_ordre(
            signe=reprise.signe_le,
            transmis=reprise.transmis_le,
            notifie=reprise.notifie_le,
            aujourd_hui=jour,
        )
    )
    requise, pourquoi = _transmission(termes, reprise, jour)
    try:
        with transaction.atomic():
            marche = Marche.toutes.create(
                organisme=organisme,
                consultation=offre.consultation,
                lot=offre.lot,
                pli=offre.pli,
                variante=offre.variante,
                etat=reprise.etat,
                transmission=requise,
                motif_de_transmission=pourquoi,
                cree_le=maintenant,
                **_champs(termes),
                **asdict(reprise),
            )
    except IntegrityError as refus:
        raise RegleEnfreinte("Ce contrat est déjà inscrit. Cherchez-le dans la liste.") from refus
    Titulaire.objects.bulk_create(
        Titulaire(
            marche=marche, rang=rang, siret=tenant.siret, nom=tenant.nom, depuis_le=reprise.signe_le
        )
        for rang, tenant in enumerate(titulaires, start=1)
    )
    evenements.publier(MarcheInscrit(marche, maintenant))
    noter(
        "inscrire",
        marche,
        par=par,
        le=maintenant,
        donnees={"numero": marche.numero, "etat": str(marche.etat)},
    )
    return marche


def _champs(termes: Termes) -> dict[str, object]:
    return {nom: getattr(termes, nom) for nom in Termes.__dataclass_fields__}


def _transmission(termes: Termes, reprise: Reprise, jour: date) -> tuple[str, str]:
    """Soumis ou non à transmission, et pourquoi ;
    un contrat déjà notifié ne laisse plus rien à dire.
    """
    due = legalite.transmission_due(
        montant=termes.maximum or termes.montant,
        concession=termes.nature == Marche.Nature.CONCESSION,
        collectivite=True,
        signature=reprise.signe_le or jour,
    )
    requise, motif = (
        "requise" if reprise.transmis_le else "" if due.reponse == "a_dire" else due.reponse,
        due.motif,
    )
    if reprise.notifie_le and reprise.signe_le:
        requise = requise or "non_requise"
        motif = legalite.DEJA_NOTIFIE if due.reponse == "a_dire" else motif
        exiger(
            legalite.peut_notifier(
                requise=requise,
                transmis_le=reprise.transmis_le,
                recue=reprise.notifie_le,
                signe=reprise.signe_le,
            )
        )
    return requise, str(motif)[:500]


def termes_recevables(termes: Termes, titulaires: Sequence[Tenant]) -> Decision:
    return recevables(
        nature=termes.nature,
        montant=termes.montant,
        maximum=termes.maximum,
        procedure=termes.procedure,
        titulaires=[tenant.siret for tenant in titulaires],
        groupement=termes.groupement,
        accord_cadre=termes.accord_cadre is not None,
    )


def noter(
    acte: str, marche: Marche, *, par: Acteur, le: datetime, donnees: dict[str, object]
) -> None:
    """Au journal, un acte qui ne change pas l'état."""
    journaliser(
        f"marche.{acte}",
        sujet=marche.reference,
        organisme=marche.organisme.siret,
        par=par,
        le=le,
        donnees=donnees,
    )
