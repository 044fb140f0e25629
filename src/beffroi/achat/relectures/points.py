"""Les points d'une relecture : chaque constat des contrôles, et ce que le juriste en a fait."""

from typing import Any

from beffroi.achat.relectures.models import DecisionSurUnConstat, Relecture
from beffroi.achat.relectures.rules.constats import empreinte_du_constat, en_bref
from beffroi.socle.fondations.erreurs import ConflitEtat


def points(relecture: Relecture) -> list[dict[str, Any]]:
    """Les constats, chacun avec son empreinte et sa décision, s'il y en a une."""
    decisions = {
        decision.empreinte: decision for decision in relecture.decisions.select_related("par")
    }
    nommes = [{**constat, "empreinte": _empreinte(constat)} for constat in relecture.constats]
    return [{**constat, "decision": decisions.get(constat["empreinte"])} for constat in nommes]


def resume(points: list[dict[str, Any]]) -> str:
    return en_bref(point["decision"].issue if point["decision"] else "" for point in points)


def point_nomme(relecture: Relecture, empreinte: str) -> dict[str, Any]:
    for point in points(relecture):
        if point["empreinte"] == empreinte:
            return point
    raise ConflitEtat("Ce point n'est pas de cette version. Rechargez la page.")


def decision_sur(relecture: Relecture, empreinte: str) -> DecisionSurUnConstat:
    decision: DecisionSurUnConstat | None = point_nomme(relecture, empreinte)["decision"]
    if decision is None:
        raise ConflitEtat("Ce point est déjà ouvert. Rechargez la page.")
    return decision


def _empreinte(constat: dict[str, Any]) -> str:
    return empreinte_du_constat(constat["code"], constat["quoi"], constat["trouve"])
