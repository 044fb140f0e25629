"""L'API Recherche d'entreprises : ce qu'elle rend, ce qu'elle masque, ce qu'elle tait."""

import importlib
import sys

import httpx
import pytest

from beffroi.integrations.sirene import adapter
from beffroi.integrations.sirene.client import RechercheDEntreprises
from beffroi.socle.fondations.erreurs import ServiceIndisponible

SIEGE = {
    "siret": "35600000000048",
    "adresse": "DIRECTION GENERALE DE LA POSTE 9 RUE DU COLONEL PIERRE AVIA 75015 PARIS 15",
    "code_postal": "75015",
    "libelle_commune": "PARIS 15",
    "est_siege": True,
    "etat_administratif": "A",
    "statut_diffusion_etablissement": "O",
}
BUREAU = {
    **SIEGE,
    "siret": "35600000049837",
    "adresse": "PLACE DU 11 NOVEMBRE\n62960 BOMY",
    "code_postal": "62960",
    "est_siege": False,
    "etat_administratif": "F",
}


def reponse(*designes, siren="356000000", **change):
    """La forme d'une réponse de l'API, réduite aux champs de sa documentation publique."""
    entreprise = {
        "siren": siren,
        "nom_complet": "LA POSTE (LA POSTE)",
        "nom_raison_sociale": "LA POSTE",
        "siege": SIEGE,
        "etat_administratif": "A",
        "matching_etablissements": list(designes),
        **change,
    }
    return {"results": [entreprise], "total_results": 1, "page": 1, "per_page": 5}


def annuaire(*reponses):
    suite, demandes = list(reponses), []

    def repondre(demande: httpx.Request) -> httpx.Response:
        demandes.append(dict(demande.url.params))
        rendue = suite.pop(0)
        if isinstance(rendue, Exception):
            raise rendue
        return rendue if isinstance(rendue, httpx.Response) else httpx.Response(200, json=rendue)

    transport = httpx.MockTransport(repondre)
    return RechercheDEntreprises("https://sirene.example/", transport=transport), demandes


def test_un_siret_donne_son_nom_et_son_adresse():
    sirene, demandes = annuaire(reponse(BUREAU))
    trouve = sirene.etablissement("35600000049837")

    assert (trouve.nom, trouve.adresse) == ("LA POSTE", "PLACE DU 11 NOVEMBRE 62960 BOMY")
    assert (trouve.code_postal, trouve.ouvert) == ("62960", False)
    assert demandes[0]["q"] == "35600000049837"


def test_le_siege_se_trouve_sans_etre_designe():
    sirene, _ = annuaire(reponse())

    assert sirene.etablissement("35600000000048").ouvert


def test_un_autre_etablissement_ne_passe_pas_pour_celui_qu_on_cherche():
    sirene, _ = annuaire(reponse())

    assert sirene.etablissement("35600000049837") is None


def test_les_freres_se_cherchent_par_le_nom_et_les_homonymes_s_ecartent():
    homonymes = reponse(BUREAU)
    homonymes["results"].insert(0, reponse(siren="552100554")["results"][0])
    sirene, demandes = annuaire(reponse(), homonymes)

    trouves = sirene.etablissements("356000000")
    assert [un.siret for un in trouves] == ["35600000000048", "35600000049837"]
    assert [une["q"] for une in demandes] == ["356000000", "LA POSTE"]


def test_ce_qui_n_est_pas_diffuse_reste_vide():
    masque = {**BUREAU, "adresse": "[ND] [ND] 62960 BOMY"}
    sirene, _ = annuaire(reponse(masque, nom_raison_sociale=None, nom_complet="[NON-DIFFUSIBLE]"))
    trouve = sirene.etablissement("35600000049837")

    assert (trouve.nom, trouve.adresse) == ("", "")


@pytest.mark.parametrize(
    "panne",
    [
        httpx.Response(429),
        httpx.Response(503),
        httpx.Response(302, headers={"Location": "https://ailleurs.example"}),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=b"x" * 600_000),
        httpx.ReadTimeout("trop long"),
        httpx.ConnectError("rien"),
    ],
)
def test_une_panne_une_lenteur_un_refus_sont_un_service_qui_se_tait(panne):
    sirene, _ = annuaire(panne)

    with pytest.raises(ServiceIndisponible):
        sirene.etablissement("35600000049837")


@pytest.mark.parametrize(
    "bizarre",
    [{}, {"results": None}, {"results": ["?"]}, {"results": [{"siren": "356000000"}]}, []],
    ids=str,
)
def test_une_reponse_inattendue_ne_trouve_rien(bizarre):
    sirene, _ = annuaire(bizarre)

    assert sirene.etablissement("35600000049837") is None


def test_d_office_rien_n_est_relie(settings):
    settings.SIRENE = ""
    assert adapter.annuaire() is None

    settings.SIRENE = "https://sirene.example"
    assert isinstance(adapter.annuaire(), RechercheDEntreprises)


def test_d_office_le_client_du_reseau_ne_se_charge_pas(settings, monkeypatch):
    settings.SIRENE = ""
    monkeypatch.setitem(sys.modules, RechercheDEntreprises.__module__, None)

    assert importlib.reload(adapter).annuaire() is None
