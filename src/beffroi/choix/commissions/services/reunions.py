"""Préparer une réunion, puis la convoquer :
chacun reçoit le jour, le lieu et l'ordre du jour, jamais une offre.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.commissions import courriels, mots, queries, rules
from beffroi.choix.commissions.models import Commission, Point, Reunion, Siege
from beffroi.choix.commissions.services.commissions import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller


@dataclass(frozen=True)
class Affaire:
    """Une consultation, ou l'un de ses lots, et ce qu'on demande à la commission."""

    consultation: Consultation
    lot: int | None = None
    objet: str = mots.Objet.CHOIX


@dataclass(frozen=True)
class ProjetDeReunion:
    """Quand, où, sur quoi. `suite_de` : la réunion sans quorum que celle-ci reprend."""

    prevue_le: datetime
    lieu: str
    affaires: Sequence[Affaire]
    a_distance: bool = False
    suite_de: Reunion | None = None


@transaction.atomic
def preparer_une_reunion(
    *,
    commission: Commission,
    projet: ProjetDeReunion,
    par: Utilisateur,
    maintenant: datetime,
    reunion: Reunion | None = None,
) -> Reunion:
    """Écrit la réunion, ou récrit celle qui n'est pas convoquée."""
    commission = verrouiller(commission, avec=("organisme",))
    _exiger_un_projet_juste(commission, projet)
    if reunion is None:
        reunion = Reunion(commission=commission, creee_le=maintenant)
    else:
        reunion = verrouiller(reunion, avec=("commission__organisme",))
        if reunion.convoquee_le:
            raise ConflitEtat(
                "La convocation est partie : cette réunion ne change plus. Annulez-la, "
                "ou reportez-la."
            )
    reunion.prevue_le, reunion.lieu, reunion.a_distance = (
        projet.prevue_le,
        projet.lieu.strip(),
        projet.a_distance,
    )
    reunion.suite_de = projet.suite_de
    reunion.version += 1
    reunion.save()
    reunion.points.all().delete()
    for rang, affaire in enumerate(projet.affaires, start=1):
        Point.objects.create(
            reunion=reunion,
            rang=rang,
            objet=affaire.objet,
            consultation=affaire.consultation,
            lot=affaire.lot,
        )
    donnees = {"prevue_le": reunion.prevue_le.isoformat(), "affaires": len(projet.affaires)}
    noter(
        "preparer_une_reunion",
        commission,
        par=par,
        le=maintenant,
        sujet=reunion.reference,
        donnees=donnees,
    )
    return reunion


def _exiger_un_projet_juste(commission: Commission, projet: ProjetDeReunion) -> None:
    """Rien d'un autre acheteur à l'ordre du jour ;
    une seconde convocation suit une réunion sans quorum.
    """
    if not projet.affaires:
        raise RegleEnfreinte("Mettez au moins une affaire à l'ordre du jour.")
    if not projet.lieu.strip():
        raise RegleEnfreinte("Dites où la commission se réunit.")
    if any(
        affaire.consultation.organisme_id != commission.organisme_id for affaire in projet.affaires
    ):
        raise RegleEnfreinte("Cette consultation n'est pas de votre organisme.")
    if commission.sorte == mots.Sorte.JURY and any(
        a.objet != mots.Objet.AVIS for a in projet.affaires
    ):
        raise RegleEnfreinte("Un jury donne un avis : il ne choisit pas le titulaire.")
    premiere = projet.suite_de
    if premiere is None:
        return
    if (
        premiere.commission_id != commission.pk
        or premiere.close_le is None
        or queries.quorum_de(premiere).favorable
    ):
        raise RegleEnfreinte("Une seconde convocation suit une réunion close faute de quorum.")
    affaires = {(affaire.consultation.pk, affaire.lot) for affaire in projet.affaires}
    if not affaires <= {(point.consultation_id, point.lot) for point in premiere.points.all()}:
        raise RegleEnfreinte(
            "Une seconde convocation reprend l'ordre du jour de la première, sans rien y ajouter."
        )


@transaction.atomic
def convoquer(*, reunion: Reunion, motif: str, par: Utilisateur, maintenant: datetime) -> Reunion:
    """Fixe qui est convoqué, écrit à chacun.

    Deux personnes au même instant : une seule convocation part.
    """
    reunion = verrouiller(reunion, avec=("commission__organisme",))
    if reunion.convoquee_le:
        raise ConflitEtat("La convocation est déjà partie.")
    commission = reunion.commission
    membres = queries.membres_de(commission)
    fonctions = [mots.Fonction(membre.fonction) for membre in membres]
    exiger(
        rules.peut_etre_convoquee(
            rules.FaitsDeConvocation(
                le=queries.jour_de(maintenant),
                seance_du=reunion.jour,
                delai=commission.delai_en_jours_francs,
                president=mots.Fonction.PRESIDENT in fonctions,
                voix=sum(fonction.siege for fonction in fonctions),
                points=reunion.points.count(),
                motif=motif,
            )
        )
    )
    if reunion.prevue_le <= maintenant:
        raise RegleEnfreinte("L'heure de cette réunion est passée. Changez-la, puis convoquez.")
    for membre in membres:
        Siege.objects.create(
            reunion=reunion,
            membre=membre,
            nom=membre.nom,
            qualite=membre.qualite,
            fonction=membre.fonction,
        )
    reunion.convoquee_le, reunion.motif_du_delai, reunion.version = (
        maintenant,
        motif.strip(),
        reunion.version + 1,
    )
    reunion.save(update_fields=["convoquee_le", "motif_du_delai", "version"])
    donnees = {"membres": [membre.reference for membre in membres], "motif": reunion.motif_du_delai}
    noter("convoquer", commission, par=par, le=maintenant, sujet=reunion.reference, donnees=donnees)
    courriels.convoquer(reunion, membres, maintenant=maintenant)
    return reunion
