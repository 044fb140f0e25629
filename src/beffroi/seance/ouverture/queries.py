"""Ce que l'ouverture lit : la séance d'une personne, les clés, les enveloppes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.achat.tours import queries as tours
from beffroi.achat.tours.models import Tour
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.models import Gardien, PartDeCle
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots import queries as depots
from beffroi.reponse.depots.models import Enveloppe, Pli
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture import rules
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli, Seance
from beffroi.seance.ouverture.permissions import ACTES, ACTES_D_UN_GARDIEN
from beffroi.seance.ouverture.ports import exiger_hors_du_jury
from beffroi.seance.ouverture.states import FINIES, EtatDeSeance
from beffroi.seance.repartage.queries import ouvreurs_de
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.requetes import la_premiere, prete
from beffroi.socle.guichet.lecture import lu_ensemble, lu_une_fois


def une_seance_tient_ses_cles() -> bool:
    """Des personnes tournent leurs clés, ou des plis s'ouvrent, quelque part."""
    return Seance.objects.filter(
        etat__in=(EtatDeSeance.CLES_EN_COURS, EtatDeSeance.OUVERTE)
    ).exists()


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation, pour un acte de l'ouverture :
    404 si elle est étrangère, 403 sans le rôle.
    """
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def seance_nommee(reference: str) -> Seance:
    """La séance, quel que soit son organisme ; l'appelant vérifie le droit."""
    seance = la_premiere(_de_reference(reference))
    if seance is None:
        raise Introuvable
    return seance


@prete
def _de_reference(reference: str) -> QuerySet[Seance]:
    seances = Seance.objects.filter(reference=reference)
    return seances.select_related(
        "consultation__organisme",
        "presidee_par",
        "tour__cle",
        "consultation__cle_candidature",
        "consultation__cle_offre",
    )


def seance_pour(utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime) -> Seance:
    """La séance, pour qui est à sa table ou, sinon, pour qui a le rôle dans l'organisme."""
    seance = seance_nommee(reference)
    if acte in ACTES_D_UN_GARDIEN and est_gardien_a_table(seance, utilisateur):
        return seance
    exiger_role(habilitation_dans(utilisateur, seance.consultation.organisme, le), acte, ACTES)
    return seance


@lu_une_fois
def places_de(table: Any) -> list[Any]:
    """Qui est à la table d'une séance ou d'une répétition, dans l'ordre des arrivées."""
    return list(table.participants.select_related("utilisateur"))


def est_gardien_a_table(seance: Seance, utilisateur: Utilisateur) -> bool:
    """Sa place ne vaut que le temps de sa garde."""
    a_table = any(
        place.gardien and place.utilisateur_id == utilisateur.pk for place in places_de(seance)
    )
    return a_table and cles.gardien_en_fonction(utilisateur) is not None


def peuvent_ouvrir(seance: Seance, *, le: datetime) -> set[int]:
    """Qui a aujourd'hui le droit d'ouvrir :
    il se lit au moment de l'acte, la place date de la préparation.
    """
    designes = set(seance.consultation.membres_qui_ouvrent.values_list("utilisateur_id", flat=True))
    membres = (designes | {seance.presidee_par_id}) & set(ouvreurs_de(seance.consultation, le))
    gardiens = gardiens_de(seance.consultation, seance.tour) if seance.par_les_gardiens else []
    return membres | {gardien.utilisateur_id for gardien in gardiens}


def seance_en_cours(consultation: Consultation) -> Seance | None:
    return consultation.seances.exclude(etat__in=FINIES).first()


@prete
def recours_en_cours(utilisateur: Utilisateur) -> QuerySet[Seance]:
    """Les séances où l'on attend la clé de ce gardien."""
    attendues = Seance.objects.filter(
        participants__utilisateur=utilisateur, participants__gardien=True
    )
    attendues = attendues.exclude(etat__in=FINIES).select_related("consultation__organisme")
    return attendues.order_by("creee_le")


def parts_de(seance: Seance, utilisateur: Utilisateur) -> dict[str, PartDeCle]:
    """Les parts qui servent à cette séance :
    celles des gardiens s'ils ouvrent, celles des membres sinon.
    """
    part_de = cles.part_du_gardien if seance.par_les_gardiens else cles.part_de
    parts = {sorte: part_de(utilisateur, paire) for sorte, paire in seance.paires_de_cles.items()}
    return {sorte: part for sorte, part in parts.items() if part is not None}


def seuil_de(seance: Seance) -> int:
    """Combien de personnes tournent leur clé, selon la politique de la consultation."""
    paires = seance.paires_de_cles.values()
    return max(
        paire.seuil_des_gardiens if seance.par_les_gardiens else paire.seuil for paire in paires
    )


def gardiens_de(consultation: Consultation, tour: Tour | None = None) -> list[Gardien]:
    """Les gardiens en fonction qui ont une part de chacune des clés de ce temps de la procédure."""
    gardiens = Gardien.objects.filter(retire_le=None).select_related("utilisateur")
    for paire in tours.paires_de(consultation, tour).values():
        gardiens = gardiens.filter(parts__paire=paire)
    return list(gardiens.distinct())


def cles_en_memoire(seance: Seance) -> bool:
    """Le coffre tient toutes les clés de la consultation."""
    return all(coffre().contient(seance.reference, sorte) for sorte in seance.paires_de_cles)


def etat_vrai(seance: Seance) -> str:
    """L'état de la séance ;
    suspendue de fait quand le coffre s'est vidé, avant même qu'un acte le constate.
    """
    if seance.etat == EtatDeSeance.OUVERTE and not cles_en_memoire(seance):
        return EtatDeSeance.SUSPENDUE
    return seance.etat


def tour_a_ouvrir(consultation: Consultation, plis: Sequence[Pli] = ()) -> Tour | None:
    """Le tour que la prochaine séance ouvre :
    le dernier, ou celui des réponses que l'on a choisies.
    """
    if not plis:
        return tours.dernier_tour(consultation)
    if len({pli.tour_id for pli in plis}) > 1:
        raise RegleEnfreinte(
            "Ces réponses sont de plusieurs tours, qui n'ont pas la même clé : "
            "une séance pour chacun."
        )
    return plis[0].tour


def enveloppes_a_proposer(consultation: Consultation, tour: Tour | None = None) -> list[Enveloppe]:
    """Les enveloppes que la loi propose et que rien n'a encore ouvertes,
    dans l'ordre où elles s'ouvrent.
    """
    proposees = {
        enveloppe.pk: enveloppe for enveloppe in depots.enveloppes_proposees(consultation, tour)
    }
    deja = OuverturePli.objects.filter(enveloppe__in=proposees, etat=OuverturePli.Etat.OUVERTE)
    ouvertes = set(deja.values_list("enveloppe_id", flat=True))
    faits = [faits_de_l_enveloppe(enveloppe) for enveloppe in proposees.values()]
    return [
        proposees[fait.cle] for fait in rules.ordre_d_ouverture(faits) if fait.cle not in ouvertes
    ]


def faits_de_l_enveloppe(enveloppe: Enveloppe) -> rules.FaitsDEnveloppe:
    return rules.FaitsDEnveloppe(
        cle=enveloppe.pk,
        soumissionnaire=repr(depots.soumissionnaire(enveloppe.pli)),
        sorte=enveloppe.sorte,
        lot=enveloppe.lot,
        recu_le=enveloppe.pli.recu_le,
    )


@lu_une_fois
def ouvertures_de(seance: Seance) -> list[OuverturePli]:
    """Les enveloppes de la séance, avec leur pli, dans l'ordre."""
    return list(_ouvertures(seance))


@prete
def _ouvertures(seance: Seance) -> QuerySet[OuverturePli]:
    ouvertures = seance.ouvertures.select_related("pli__equipe", "enveloppe")
    return ouvertures.prefetch_related("fichiers", "pli__accuse")


def plis_hors_delai_a_decider(seance: Seance) -> list[Pli]:
    """Les plis hors délai sur lesquels aucune séance n'a décidé."""
    if seance.motif != Seance.Motif.OUVERTURE:
        return []
    plis = depots.plis_hors_delai(seance.consultation, seance.tour)
    decides = OuverturePli.objects.filter(pli__in=plis).exclude(decision="")
    deja = set(decides.order_by().values_list("pli", flat=True))
    return [pli for pli in plis if pli.pk not in deja]


def fichier_ouvert_pour(utilisateur: Utilisateur, reference: str, *, le: datetime) -> FichierOuvert:
    """Un fichier ouvert, pour qui peut lire les réponses de cet organisme."""
    fichier = (
        FichierOuvert.objects.select_related(
            "ouverture__seance__consultation__organisme", "ouverture__pli", "ouverture__enveloppe"
        )
        .filter(reference=reference)
        .first()
    )
    if fichier is None:
        raise Introuvable
    organisme = fichier.ouverture.seance.consultation.organisme
    exiger_role(habilitation_dans(utilisateur, organisme, le), "lire_les_plis", ACTES)
    if fichier.ouverture.enveloppe.sorte == "offre":
        exiger_hors_du_jury(utilisateur, fichier.ouverture.seance.consultation)
    return fichier


@lu_ensemble
def enveloppes_sorties(
    consultations: Sequence[Consultation],
) -> dict[int, tuple[OuverturePli, ...]]:
    """Ce que ses séances ont fait de chaque enveloppe, dans leur ordre, avec qui l'a remise ;
    rien de ce qui est encore scellé.
    """
    tenues = {une.pk: une for une in consultations}
    par_consultation: dict[int, list[OuverturePli]] = {cle: [] for cle in tenues}
    for sortie in _sorties(list(tenues)):
        # Celle que l'on tient, et son acheteur : cent enveloppes ne les relisent pas.
        if tenue := tenues.get(sortie.pli.consultation_id):
            sortie.pli.consultation = tenue
        par_consultation[sortie.seance.consultation_id].append(sortie)
    return {cle: tuple(siennes) for cle, siennes in par_consultation.items()}


@prete
def _sorties(consultations: list[int]) -> QuerySet[OuverturePli]:
    sorties = OuverturePli.objects.filter(seance__consultation__in=consultations).exclude(
        etat__in=[OuverturePli.Etat.SCELLEE, OuverturePli.Etat.EN_COURS]
    )
    lues = sorties.select_related("seance", "enveloppe", "pli__equipe", "pli__depose_par")
    return lues.order_by("pk")


def fichiers_ouverts(consultation: Consultation) -> list[OuverturePli]:
    """Les enveloppes ouvertes de la consultation,
    toutes séances confondues, avec leurs fichiers.
    """
    return list(
        OuverturePli.objects.filter(
            seance__consultation=consultation, etat=OuverturePli.Etat.OUVERTE
        )
        .select_related("pli__equipe", "pli__depose_par", "enveloppe")
        .prefetch_related("fichiers")
        .order_by("pli__recu_le", "rang")
    )
