"""Les effectifs que l'année attend et que personne n'a déclarés :
qui, ce qu'on en sait, quand on l'a rappelé (ruling 4b).
"""

from dataclasses import dataclass
from datetime import date, datetime

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.queries import cles_a_declarer, derniers_connus, qui_doit_declarer
from beffroi.centre.conventions.queries import conventions_de_l_exercice
from beffroi.socle.fondations.models import Courriel

RAPPEL = "effectif:rappel:"


@dataclass(frozen=True)
class NonDeclare:
    """Un adhérent sous convention, ou de la famille de l'un d'eux, sans effectif pour l'année."""

    adherent: Adherent
    dernier: tuple[int, int] | None
    rappele_le: datetime | None

    @property
    def suite(self) -> str:
        """Ce que son silence entraîne."""
        if self.dernier is not None:
            annee, agents = self.dernier
            return f"L'appel se fait sur le dernier connu : {agents} agents en {annee}."
        if self.adherent.rattache_a is not None:
            return f"Jamais déclaré : non compté avec {self.adherent.rattache_a.nom}."
        return "Jamais déclaré : ni lui, ni sa famille, ne sont appelés."


def non_declares(annee: int) -> list[NonDeclare]:
    """Un nombre constant de lectures, quel que soit le nombre d'adhérents."""
    sous_convention = [convention.adherent for convention in conventions_de_l_exercice(annee)]
    connus, rappeles = derniers_connus(annee), _rappeles(annee)
    return [
        NonDeclare(adherent, connus.get(adherent.pk), rappeles.get(adherent.siren))
        for adherent in qui_doit_declarer(sous_convention, annee)
    ]


def nombre_de_non_declares(annee: int) -> tuple[int, int]:
    """Combien, et combien d'entre eux n'ont jamais rien déclaré."""
    cles = cles_a_declarer(
        [convention.adherent for convention in conventions_de_l_exercice(annee)], annee
    )
    return len(cles), len(cles - derniers_connus(annee).keys())


def cle_du_rappel(annee: int, siren: str, jour: date) -> str:
    return f"{RAPPEL}{annee}:{siren}:{jour.isoformat()}"


def _rappeles(annee: int) -> dict[str, datetime]:
    ecrits = Courriel.objects.filter(cle__startswith=f"{RAPPEL}{annee}:").order_by("ecrit_le")
    return {cle.split(":")[3]: le for cle, le in ecrits.values_list("cle", "ecrit_le")}
