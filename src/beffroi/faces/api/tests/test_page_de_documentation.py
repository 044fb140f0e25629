"""Chaque exemple de la page « L'API » est joué, dans l'ordre, et répond comme il faut."""

import re
import shlex
from datetime import timedelta
from pathlib import Path

import pytest

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.personnes.comptes.portees import D_ENTREPRISE, Portee
from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.publicite.questions.tests.gestes import poser
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.horloge import maintenant

PAGE = Path(__file__).parents[5] / "docs" / "developpeurs" / "api.md"
BLOCS = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def exemples():
    for bloc in BLOCS.findall(PAGE.read_text("utf-8")):
        yield from bloc.replace("\\\n", " ").strip().splitlines()


@pytest.fixture
def variables(db):
    scene = planter_la_scene(le=maintenant())
    consultation = factories.consultation(
        limite=scene.le + timedelta(days=20), organisme_=scene.organisme
    )
    candidat = factories.Candidat(consultation)
    pli = candidat.depose(("offre", None), le=scene.le)
    jetons = {
        nom: delivrer_jeton(
            utilisateur=personne, libelle="essai", portees=portees, maintenant=scene.le
        )[1]
        for nom, personne, portees in (
            ("JETON_ENTREPRISE", candidat.personne, D_ENTREPRISE),
            ("JETON_ACHETEUR", scene.martine, Portee),
        )
    }
    return {
        "BEFFROI": "",
        "CONSULTATION": consultation.reference,
        "BROUILLON": scene.brouillon().reference,
        "PRETE": scene.completer(scene.brouillon("Prête")).reference,
        "DEPOT": pli.reference,
        "QUESTION": poser(consultation, candidat.membre, le=scene.le).reference,
        **jetons,
    }


def jouer(client, exemple, variables):
    """Ce que `curl` enverrait."""
    mots = shlex.split(re.sub(r"\$([A-Z_]+)", lambda v: variables[v[1]], exemple))
    assert mots.pop(0) == "curl"
    verbe, entetes, corps, adresse = "get", {}, "", ""
    while mots:
        match mots.pop(0):
            case "-X":
                verbe = mots.pop(0).lower()
            case "-H":
                nom, _, valeur = mots.pop(0).partition(": ")
                entetes[nom] = valeur
            case "-d":
                corps = mots.pop(0)
            case autre:
                adresse = autre
    options = (
        {"data": corps, "content_type": entetes.pop("Content-Type", "application/json")}
        if corps
        else {}
    )
    return getattr(client, verbe)(adresse, headers=entetes, **options)


def test_chaque_exemple_de_la_page_repond(client, variables):
    joues = [(exemple, jouer(client, exemple, variables)) for exemple in exemples()]

    rates = [
        f"{exemple} → {r.status_code} {r.content[:300]!r}"
        for exemple, r in joues
        if r.status_code not in (200, 201)
    ]
    assert rates == [] and len(joues) >= 18


def test_la_page_dit_chaque_portee(client, db):
    ecrite, servie = PAGE.read_text("utf-8"), client.get("/api/").content.decode()

    assert [portee.value for portee in Portee if f"`{portee.value}`" not in ecrite] == []
    assert [portee.value for portee in Portee if f"<code>{portee.value}</code>" not in servie] == []
