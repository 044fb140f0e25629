"""Qui entre où : le centre voit ce qu'un incident a touché ; l'acheteur, ce qu'on lui propose."""

from datetime import timedelta

from beffroi.service.disponibilite.services import Annonce, annoncer
from beffroi.service.incidents.models import Incident, Proposition
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_exploitant, reserve_aux_agents


def planter(monde: Monde) -> None:
    centre, le = monde.agent_exploitant.acteur, monde.maintenant
    for titre in ("Envois en panne", "Courriels en retard"):
        annonce = Annonce(sorte="incident", titre=titre, texte="Nous cherchons.", commence_le=le)
        monde.objets[titre] = annoncer(annonce, par=centre, maintenant=le)
    consultation = monde.objets["consultation"]
    incident = Incident.objects.create(
        numero="I-2026-777", evenement=monde.objets["Envois en panne"], ouvert_le=le
    )
    monde.objets["incident"] = incident
    Proposition.objects.create(
        incident=incident,
        consultation=consultation,
        minutes=30,
        ancienne_limite=consultation.limite,
        nouvelle_limite=consultation.limite + timedelta(days=1),
        proposee_le=le,
    )


def consultation(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["consultation"].reference}


def absente(_: Monde) -> dict[str, str]:
    return {"reference": "2020-0000"}


ADRESSES = {
    "incidents:liste": Adresse(reserve_a_l_exploitant()),
    "incidents:numeroter": Adresse(
        reserve_a_l_exploitant(302),
        lambda monde: {"reference": monde.objets["Courriels en retard"].reference},
        lambda _: {"reference": "E-22222222"},
        methodes=("post",),
    ),
    "incidents:incident": Adresse(
        reserve_a_l_exploitant(),
        lambda _: {"numero": "I-2026-777"},
        lambda _: {"numero": "I-1999-001"},
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(302)},
    ),
    "incidents:chez_l_acheteur": Adresse(reserve_aux_agents(), consultation, absente),
    "incidents:decliner": Adresse(
        reserve_aux_agents(422), consultation, absente, methodes=("post",)
    ),
}
