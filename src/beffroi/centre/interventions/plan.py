"""Ce qu'un tableau d'agents changerait, organisme par organisme, et ce qui empêche.

Rien n'est écrit ici.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from beffroi.centre.interventions import rules
from beffroi.centre.interventions.lecture import Ligne, Tableau
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.rules import siret_d_organisme
from droit.decision import Decision
from formats.courriels import porte_une_adresse

LONGUEURS = {"courriel": 254, "nom": 120, "qualite": 120, "service": 120}


@dataclass(frozen=True)
class Chez:
    """Un organisme, tel que le plan le compare : son nom, s'il est en service."""

    nom: str
    est_en_service: bool


@dataclass(frozen=True)
class Compte:
    """Le compte d'une adresse : ouvert ou fermé, tenu ou non au centre."""

    est_actif: bool
    est_du_centre: bool


@dataclass(frozen=True)
class Actuels:
    """Ce que la base sait des lignes du tableau, lu en quelques requêtes."""

    organismes: Mapping[str, Chez]
    a_activer: Mapping[str, str]
    comptes: Mapping[str, Compte]
    prouvees: Collection[str]
    # Sans compte encore, mais déjà nommées ailleurs.
    attendues: Collection[str]
    tenus: Mapping[tuple[str, str], tuple[tuple[str, ...], str]]


@dataclass(frozen=True)
class Erreur:
    """Pourquoi une ligne ne peut pas entrer."""

    numero: int
    siret: str
    courriel: str
    phrase: str


@dataclass(frozen=True)
class Entree:
    """Une personne telle qu'elle sera chez un organisme."""

    numero: int
    siret: str
    chez: str
    courriel: str
    nom: str
    qualite: str
    service: str
    roles: tuple[str, ...]
    # Sans compte encore ; déjà un rôle dans cet organisme, ou un rôle qui attend.
    est_neuve: bool
    est_deja_la: bool
    # Son adresse est prouvée : ses rôles vaudront aussitôt.
    est_prouvee: bool

    @property
    def roles_en_clair(self) -> str:
        return ", ".join(str(Habilitation.Role(role).label) for role in self.roles)


@dataclass(frozen=True)
class Plan:
    entrees: Sequence[Entree]
    inchangees: int
    erreurs: Sequence[Erreur]
    ignorees: Sequence[str] = ()

    @property
    def est_applicable(self) -> bool:
        return not self.erreurs and bool(self.entrees)

    @property
    def organismes(self) -> list[tuple[str, int]]:
        """Chaque organisme touché, et combien de personnes y changent."""
        return sorted(Counter(entree.chez for entree in self.entrees).items())

    @property
    def neuves(self) -> int:
        return sum(entree.est_neuve for entree in self.entrees)

    @property
    def attendues(self) -> int:
        """Celles dont les rôles attendront que leur adresse soit prouvée."""
        return sum(not entree.est_prouvee for entree in self.entrees)

    @property
    def empreinte(self) -> str:
        """Ce que l'aperçu a montré :
        si un compte change entre-temps, l'empreinte diffère, et on relit.
        """
        dit = [asdict(entree) for entree in self.entrees]
        return hashlib.sha256(
            json.dumps(dit, ensure_ascii=False, sort_keys=True).encode()
        ).hexdigest()


def composer(tableau: Tableau, actuels: Actuels) -> Plan:
    """Le plan d'un tableau.

    Une cellule « service » vide ne change pas le service de qui est déjà là.
    """
    fois = Counter((ligne.siret, ligne.courriel) for ligne in tableau.lignes)
    entrees, erreurs, inchangees = list[Entree](), list[Erreur](), 0
    for ligne in tableau.lignes:
        phrases = [*ligne.erreurs, *_fautes(ligne, actuels)]
        if ligne.courriel and fois[ligne.siret, ligne.courriel] > 1:
            phrases.append(
                "Cette personne est sur plusieurs lignes pour le même organisme : "
                "n'en gardez qu'une."
            )
        erreurs += [Erreur(ligne.numero, ligne.siret, ligne.courriel, phrase) for phrase in phrases]
        if phrases:
            continue
        roles, service = actuels.tenus.get((ligne.siret, ligne.courriel), ((), ""))
        if roles == ligne.roles and ligne.service in {"", service}:
            inchangees += 1
        else:
            entrees.append(_entree(ligne, actuels, service))
    return Plan(entrees, inchangees, erreurs, tableau.ignorees)


def _entree(ligne: Ligne, actuels: Actuels, service: str) -> Entree:
    return Entree(
        numero=ligne.numero,
        siret=ligne.siret,
        chez=actuels.organismes[ligne.siret].nom,
        courriel=ligne.courriel,
        nom=ligne.nom,
        qualite=ligne.qualite,
        service=ligne.service or service,
        roles=ligne.roles,
        est_neuve=ligne.courriel not in actuels.comptes,
        est_deja_la=(ligne.siret, ligne.courriel) in actuels.tenus,
        est_prouvee=ligne.courriel in actuels.prouvees,
    )


def _fautes(ligne: Ligne, actuels: Actuels) -> list[str]:
    phrases = [*_fautes_d_organisme(ligne, actuels), *_fautes_de_forme(ligne)]
    compte, chez = actuels.comptes.get(ligne.courriel), actuels.organismes.get(ligne.siret)
    connue = compte is not None or ligne.courriel in actuels.attendues
    if not connue and ligne.courriel and not ligne.nom:
        phrases.append("Il manque le nom : cette adresse n'a pas encore de compte.")
    if compte and not compte.est_actif:
        phrases.append("Le compte de cette adresse a été fermé. Indiquez une autre adresse.")
    phrases += _motifs(
        rules.peut_recevoir_un_role(est_du_centre=compte is not None and compte.est_du_centre)
    )
    if chez and ligne.roles:
        avant, _ = actuels.tenus.get((ligne.siret, ligne.courriel), ((), ""))
        change = (rules.ADMINISTRATEUR in avant) != (rules.ADMINISTRATEUR in ligne.roles)
        if change and chez.est_en_service:
            phrases.append(
                "Un tableau ne fait ni ne défait un administrateur chez un organisme en service."
            )
    return phrases


def _fautes_d_organisme(ligne: Ligne, actuels: Actuels) -> list[str]:
    if not ligne.siret:
        return [] if ligne.erreurs else ["Il manque le SIRET de l'organisme."]
    if ligne.siret in actuels.organismes:
        return []
    if ligne.siret in actuels.a_activer:
        return [
            (
                f"{actuels.a_activer[ligne.siret]} est à l'annuaire, sans être activé : "
                "activez-le d'abord."
            )
        ]
    return _motifs(siret_d_organisme(ligne.siret)) or ["Aucun organisme du service n'a ce SIRET."]


def _fautes_de_forme(ligne: Ligne) -> list[str]:
    phrases = [
        f"La colonne « {champ} » est trop longue : {longueur} signes au plus."
        for champ, longueur in LONGUEURS.items()
        if len(getattr(ligne, champ)) > longueur
    ]
    phrases += [
        f"La colonne « {champ} » ne contient ni adresse ni lien."
        for champ in ("nom", "qualite", "service")
        if porte_une_adresse(getattr(ligne, champ))
    ]
    if not ligne.courriel:
        return [*phrases, "Il manque l'adresse électronique."]
    try:
        validate_email(ligne.courriel)
    except ValidationError:
        phrases.append(f"« {ligne.courriel[:60]} » n'est pas une adresse électronique.")
    return phrases


def _motifs(decision: Decision) -> list[str]:
    return [] if decision.favorable else [motif.texte for motif in decision.motifs]
