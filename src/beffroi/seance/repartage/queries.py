"""Lire un repartage : qui le voit, qui tient quoi, ce qui change, et qui n'a plus d'accès."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import consultation_pour
from beffroi.achat.tours.models import Tour
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.models import Gardien, IdentiteDeMembre, PaireDeCles, PartDeCle
from beffroi.personnes.cles.rules import NOMBRE_DE_GARDIENS
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.queries import agents_de, en_role
from beffroi.seance.repartage import rules
from beffroi.seance.repartage.models import Repartage
from beffroi.seance.repartage.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois
from droit.decision import Decision


class Porteur(NamedTuple):
    """Une personne qui tient une part aujourd'hui, et ce qui l'empêcherait d'ouvrir."""

    personne: Utilisateur
    empreinte: str
    souci: str


class Changements(NamedTuple):
    """Les listes dont les parts sont à refaire."""

    membres: bool
    gardiens: bool


def repartage_de(consultation: Consultation) -> Repartage | None:
    return repartages_de([consultation]).get(consultation.pk)


@prete
def en_cours(consultations: Iterable[Consultation]) -> QuerySet[Repartage]:
    return Repartage.objects.filter(consultation__in=list(consultations))


def repartages_de(consultations: Iterable[Consultation]) -> dict[int, Repartage]:
    """Celui de chacune, quand elle en a un en cours."""
    return {un.consultation_id: un for un in _avec_tout(en_cours(consultations))}


def _avec_tout(repartages: QuerySet[Repartage]) -> QuerySet[Repartage]:
    return repartages.select_related(
        "consultation__organisme",
        "consultation__cle_candidature",
        "consultation__cle_offre",
        "demande_par",
        "premiere",
        "seconde",
    ).order_by("pk")


def consultation_a_changer(utilisateur: Utilisateur, reference: str, le: datetime) -> Consultation:
    """La consultation, pour qui peut changer ses personnes dans l'organisme."""
    return consultation_pour(utilisateur, reference, "changer_les_personnes", le, table=ACTES)


def repartage_pour(utilisateur: Utilisateur, reference: str, le: datetime) -> Repartage:
    """Le repartage en cours :
    pour les agents de l'acheteur, et pour les gardiens quand on leur demande.
    """
    nommes = Repartage.objects.filter(
        consultation__in=Consultation.toutes.filter(reference=reference)
    )
    repartage = _avec_tout(nommes).last()
    if repartage is None or not est_un_gardien_demande(repartage, utilisateur):
        consultation_a_changer(utilisateur, reference, le)
    if repartage is None:
        raise Introuvable("Ce changement est déjà achevé, ou abandonné.")
    return repartage


def est_un_gardien_demande(repartage: Repartage, utilisateur: Utilisateur) -> bool:
    if repartage.voie != Repartage.Voie.GARDIENS or cles.gardien_en_fonction(utilisateur) is None:
        return False
    return part_tenue(_offre(repartage.consultation), utilisateur, repartage.voie) is not None


def porteurs_de_la_voie(repartage: Repartage, le: datetime) -> list[Utilisateur]:
    """Qui pourrait ouvrir sa part pour ce repartage, aujourd'hui."""
    offre = _offre(repartage.consultation)
    if repartage.voie == Repartage.Voie.GARDIENS:
        en_fonction = {gardien.utilisateur_id for gardien in cles.gardiens_en_fonction()}
        gardiens = [part.gardien.utilisateur for part in parts_des_gardiens(offre) if part.gardien]
        return [personne for personne in gardiens if personne.pk in en_fonction]
    ouvreurs = ouvreurs_de(repartage.consultation, le)
    return [
        p.identite.utilisateur
        for p in parts_des_membres(offre)
        if p.identite.utilisateur_id in ouvreurs
    ]


def necessaires(repartage: Repartage) -> int:
    return rules.personnes_necessaires(
        aux_gardiens=repartage.voie == Repartage.Voie.GARDIENS,
        seuil=_offre(repartage.consultation).seuil,
    )


def changements(paire: PaireDeCles, vers: Collection[Utilisateur]) -> Changements:
    """Un membre change s'il arrive, part ou a une autre clé ;
    un gardien de même, si trois sont prêts.
    """
    return _changements(paire, cles.identites_de(vers).values())


@lu_une_fois
def destinataires(repartage: Repartage) -> list[Utilisateur]:
    return list(repartage.vers.order_by("nom"))


@lu_une_fois
def leurs_identites(repartage: Repartage) -> dict[int, IdentiteDeMembre]:
    return cles.identites_de(destinataires(repartage))


@lu_une_fois
def changements_de(repartage: Repartage) -> Changements:
    """Ceux d'un repartage demandé."""
    return _changements(_offre(repartage.consultation), leurs_identites(repartage).values())


def _changements(paire: PaireDeCles, voulues: Iterable[IdentiteDeMembre]) -> Changements:
    prets = gardiens_a_servir()
    voulus = {(gardien.pk, identite.pk) for gardien, identite in prets}
    tenus = {(part.gardien_id, part.identite_id) for part in parts_des_gardiens(paire)}
    tenues = {part.identite_id for part in parts_des_membres(paire)}
    return Changements(
        membres={identite.pk for identite in voulues} != tenues,
        gardiens=len(prets) == NOMBRE_DE_GARDIENS and voulus != tenus,
    )


@lu_une_fois
def gardiens_a_servir() -> list[tuple[Gardien, IdentiteDeMembre]]:
    return cles.gardiens_et_leurs_cles()


@lu_une_fois
def parts_des_membres(paire: PaireDeCles) -> list[PartDeCle]:
    return list(cles.parts_des_membres(paire))


@lu_une_fois
def parts_des_gardiens(paire: PaireDeCles) -> list[PartDeCle]:
    return list(cles.parts_des_gardiens(paire))


def part_tenue(paire: PaireDeCles, utilisateur: Utilisateur, voie: str) -> PartDeCle | None:
    """La part que cette personne ouvrirait : de membre ou de gardien, selon la voie."""
    return _parts_tenues(paire, voie).get(utilisateur.pk)


@lu_une_fois
def _parts_tenues(paire: PaireDeCles, voie: str) -> dict[int, PartDeCle]:
    """Celles de chacun, par numéro de personne ; de deux, la plus ancienne."""
    if voie == Repartage.Voie.GARDIENS:
        parts = [(p.gardien.utilisateur_id, p) for p in parts_des_gardiens(paire) if p.gardien]
    else:
        parts = [(p.identite.utilisateur_id, p) for p in parts_des_membres(paire)]
    par_anciennete = sorted(parts, key=lambda une: une[1].pk, reverse=True)
    for _, part in par_anciennete:
        part.paire = paire
    return dict(par_anciennete)


@lu_une_fois
def ouvreurs_de(consultation: Consultation, le: datetime) -> dict[int, Utilisateur]:
    """Les agents qui ont aujourd'hui le rôle « membre qui ouvre »."""
    return {
        une.utilisateur_id: une.utilisateur
        for une in agents_de(consultation.organisme, le)
        if Habilitation.Role.OUVREUR in une.roles and une.utilisateur.est_actif
    }


def porteurs(consultation: Consultation, le: datetime) -> list[Porteur]:
    """Qui tient une part, et qui n'ouvrira plus : parti, ou sans sa clé."""
    ouvreurs = ouvreurs_de(consultation, le)
    return [_porteur(part, ouvreurs) for part in parts_des_membres(_offre(consultation))]


def parts_sans_porteur(consultations: Iterable[Consultation], le: datetime) -> QuerySet[PartDeCle]:
    """Parmi les parts qui se refont encore, celles de qui n'ouvre plus chez l'acheteur ou a
    changé de clé.
    """
    offres = [une.cle_offre_id for une in consultations if _peut_encore_changer(une)]
    return _parts_sans_porteur([cle for cle in offres if cle], le)


@prete
def _parts_sans_porteur(paires: list[int], le: datetime) -> QuerySet[PartDeCle]:
    return cles.parts_des_membres(*paires).filter(
        ~Q(identite__retiree_le=None)
        | ~Exists(
            en_role(Habilitation.Role.OUVREUR, le).filter(
                utilisateur=OuterRef("identite__utilisateur"),
                organisme=OuterRef("paire__organisme"),
            )
        )
    )


def _peut_encore_changer(consultation: Consultation) -> bool:
    """Sans lire ses tours : le dernier mot est à `peut_changer`."""
    return consultation.etat in rules.AVANT_L_OUVERTURE or consultation.procedure.en_deux_temps


def parts_perdues(
    consultations: Iterable[Consultation], le: datetime
) -> dict[Consultation, list[Utilisateur]]:
    """Celles dont une personne qui tient une part est partie, ou a perdu sa clé, avant
    l'ouverture ; et qui.
    """
    siennes = list(consultations)
    par_cle = {une.cle_offre_id: une for une in siennes}
    perdues: dict[Consultation, list[Utilisateur]] = defaultdict(list)
    for part in parts_sans_porteur(siennes, le):
        perdues[par_cle[part.paire_id]].append(part.identite.utilisateur)
    return {une: perdues[une] for une in _qui_se_refont(perdues)}


def _porteur(part: PartDeCle, ouvreurs: Mapping[int, Utilisateur]) -> Porteur:
    identite = part.identite
    return Porteur(identite.utilisateur, identite.empreinte_d_identite, _souci(part, ouvreurs))


def _souci(part: PartDeCle, ouvreurs: Mapping[int, Utilisateur]) -> str:
    if part.identite.utilisateur_id not in ouvreurs:
        return "N'a plus d'accès"
    return "A changé de clé" if part.identite.retiree_le else ""


def peut_changer(consultation: Consultation) -> Decision:
    """Les parts de cette consultation se refont-elles encore ?"""
    return _peuvent_changer([consultation])[consultation]


def _qui_se_refont(consultations: Iterable[Consultation]) -> list[Consultation]:
    decisions = _peuvent_changer(consultations)
    return [une for une, decision in decisions.items() if decision.favorable]


def _peuvent_changer(consultations: Iterable[Consultation]) -> dict[Consultation, Decision]:
    lues = list(consultations)
    en_deux_temps = [une for une in lues if une.procedure.en_deux_temps]
    remises = Tour.objects.filter(consultation__in=en_deux_temps)
    tours = Counter(remises.values_list("consultation", flat=True))
    return {
        une: rules.peut_changer_les_personnes(
            etat=une.etat,
            cles_posees=bool(une.cle_candidature_id or une.cle_offre_id),
            tours=tours[une.pk] if une.procedure.en_deux_temps else None,
        )
        for une in lues
    }


def attendus_des_gardiens(utilisateur: Utilisateur) -> list[Repartage]:
    """Les repartages que des acheteurs demandent à ce gardien."""
    if cles.gardien_en_fonction(utilisateur) is None:
        return []
    demandes = confies_a(utilisateur)
    return list(
        demandes.select_related("consultation__organisme", "seconde", "premiere").order_by("pk")
    )


@prete
def confies_a(utilisateur: Utilisateur) -> QuerySet[Repartage]:
    """Les repartages qui passent par une part que cette personne tient comme gardien."""
    return Repartage.objects.filter(
        voie=Repartage.Voie.GARDIENS,
        consultation__cle_offre__parts__gardien__utilisateur=utilisateur,
    )


def _offre(consultation: Consultation) -> PaireDeCles:
    if consultation.cle_offre is None:
        raise Introuvable("Cette consultation n'a pas encore de clés.")
    return consultation.cle_offre
