"""Lire un repartage : qui le voit, qui tient quoi, ce qui change, et qui n'a plus d'accès."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import consultation_pour
from beffroi.achat.tours.models import Tour
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.models import PaireDeCles, PartDeCle
from beffroi.personnes.cles.rules import NOMBRE_DE_GARDIENS
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.queries import agents_des, en_role
from beffroi.seance.repartage import rules
from beffroi.seance.repartage.models import Repartage
from beffroi.seance.repartage.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable
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


def en_cours(consultations: Iterable[Consultation]) -> QuerySet[Repartage]:
    return Repartage.objects.filter(consultation__in=list(consultations))


def repartages_de(consultations: Iterable[Consultation]) -> dict[int, Repartage]:
    """Celui de chacune, quand elle en a un en cours."""
    trouves = en_cours(consultations).select_related(
        "consultation__organisme", "demande_par", "premiere", "seconde"
    )
    return {repartage.consultation_id: repartage for repartage in trouves.order_by("pk")}


def consultation_a_changer(utilisateur: Utilisateur, reference: str, le: datetime) -> Consultation:
    """La consultation, pour qui peut changer ses personnes dans l'organisme."""
    return consultation_pour(utilisateur, reference, "changer_les_personnes", le, table=ACTES)


def repartage_pour(utilisateur: Utilisateur, reference: str, le: datetime) -> Repartage:
    """Le repartage en cours :
    pour les agents de l'acheteur, et pour les gardiens quand on leur demande.
    """
    consultation = (
        Consultation.toutes.filter(reference=reference).select_related("cle_offre").first()
    )
    repartage = repartage_de(consultation) if consultation else None
    if repartage is None or not est_un_gardien_demande(repartage, utilisateur):
        consultation = consultation_a_changer(utilisateur, reference, le)
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
        gardiens = [
            part.gardien.utilisateur for part in cles.parts_des_gardiens(offre) if part.gardien
        ]
        return [personne for personne in gardiens if personne.pk in en_fonction]
    ouvreurs = ouvreurs_de(repartage.consultation, le)
    return [
        p.identite.utilisateur
        for p in cles.parts_des_membres(offre)
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
    voulues = {identite.pk for identite in cles.identites_de(vers).values()}
    tenues = {part.identite_id for part in cles.parts_des_membres(paire)}
    prets = cles.gardiens_prets()
    identites = cles.identites_de(gardien.utilisateur for gardien in prets)
    voulus = {(gardien.pk, identites[gardien.utilisateur_id].pk) for gardien in prets}
    tenus = {(part.gardien_id, part.identite_id) for part in cles.parts_des_gardiens(paire)}
    return Changements(
        membres=voulues != tenues,
        gardiens=len(prets) == NOMBRE_DE_GARDIENS and voulus != tenus,
    )


def part_tenue(paire: PaireDeCles, utilisateur: Utilisateur, voie: str) -> PartDeCle | None:
    """La part que cette personne ouvrirait : de membre ou de gardien, selon la voie."""
    lire: Callable[[Utilisateur, PaireDeCles], PartDeCle | None] = (
        cles.part_du_gardien if voie == Repartage.Voie.GARDIENS else cles.part_de
    )
    return lire(utilisateur, paire)


def ouvreurs_de(consultation: Consultation, le: datetime) -> dict[int, Utilisateur]:
    """Les agents qui ont aujourd'hui le rôle « membre qui ouvre »."""
    return _ouvreurs_de([consultation.organisme_id], le)[consultation.organisme_id]


def _ouvreurs_de(
    organismes: Iterable[int], le: datetime
) -> defaultdict[int, dict[int, Utilisateur]]:
    """Les mêmes, par organisme."""
    ouvreurs: defaultdict[int, dict[int, Utilisateur]] = defaultdict(dict)
    for une in agents_des(organismes, le):
        if Habilitation.Role.OUVREUR in une.roles and une.utilisateur.est_actif:
            ouvreurs[une.organisme_id][une.utilisateur_id] = une.utilisateur
    return ouvreurs


def porteurs(consultation: Consultation, le: datetime) -> list[Porteur]:
    """Qui tient une part, et qui n'ouvrira plus : parti, ou sans sa clé."""
    ouvreurs = ouvreurs_de(consultation, le)
    return [_porteur(part, ouvreurs) for part in cles.parts_des_membres(_offre(consultation))]


def parts_sans_porteur(consultations: Iterable[Consultation], le: datetime) -> QuerySet[PartDeCle]:
    """Parmi les parts qui se refont encore, celles de qui n'ouvre plus chez l'acheteur ou a
    changé de clé.
    """
    offres = [une.cle_offre_id for une in consultations if _peut_encore_changer(une)]
    return cles.parts_des_membres(*[cle for cle in offres if cle]).filter(
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
) -> dict[Consultation, list[Porteur]]:
    """Celles dont une personne qui tient une part est partie, ou a perdu sa clé, avant
    l'ouverture ; et qui.
    """
    a_garder = {une.cle_offre_id: une for une in _qui_se_refont(consultations) if une.cle_offre_id}
    ouvreurs = _ouvreurs_de({une.organisme_id for une in a_garder.values()}, le)
    perdues: dict[Consultation, list[Porteur]] = defaultdict(list)
    for part in cles.parts_des_membres(*a_garder):
        consultation = a_garder[part.paire_id]
        porteur = _porteur(part, ouvreurs[consultation.organisme_id])
        if porteur.souci:
            perdues[consultation].append(porteur)
    return dict(perdues)


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
    tours = Counter(
        Tour.objects.filter(consultation__in=en_deux_temps).values_list("consultation", flat=True)
    )
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
