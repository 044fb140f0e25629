"""Les écrans : accepter, dicter, rejoindre, se joindre, finir ; ce que personne d'autre ne voit."""

import json
import re

import pytest
from django.test import Client

from beffroi.centre.interventions.tests.theatre import agent, centre, en_service
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.service.assistance import jetons
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.service.teleassistance import codes, rules
from beffroi.service.teleassistance.models import AccordEnAttente, Partage, Signal
from beffroi.service.teleassistance.tests.theatre import martine, samir
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


def page(reponse) -> str:
    return " ".join(
        reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'").split()
    )


def accepter(client, chemin="/teleassistance/", **saisie):
    return client.post(chemin, {"accord": "on", **saisie})


@pytest.fixture
def elle():
    return connecter(Client(), martine())


@pytest.fixture
def lui():
    return connecter(Client(), samir())


@pytest.fixture
def a_deux(elle, lui):
    """Un partage rejoint : l'adresse de sa fenêtre, et celle de l'agent."""
    fenetre = accepter(elle).url
    code = re.search(r"\d{3} \d{3}", page(elle.get(fenetre))).group()
    return fenetre, lui.post("/cdg/teleassistance/", {"code": code}).url


def signaler(client, adresse, genre, corps="{}"):
    return client.post(
        f"{adresse}signaux/", json.dumps({"genre": genre, "corps": corps}), "application/json"
    )


def test_sans_cocher_rien_ne_commence(elle):
    reponse = elle.post("/teleassistance/")

    assert reponse.status_code == 422 and "rien n'est montré" in page(reponse)
    assert not AccordEnAttente.objects.exists()


def test_la_page_dit_tout_ce_qui_est_accepte(elle):
    dit = page(elle.get("/teleassistance/"))

    assert "Il voit seulement" in dit and "Rien n'est enregistré" in dit and "« Parler »" in dit
    assert "checked" not in dit


def test_le_code_s_affiche_et_se_reaffiche(elle):
    fenetre = accepter(elle).url
    code = codes.code_de(AccordEnAttente.objects.get().reference)

    assert f"{code[:3]} {code[3:]}" in page(elle.get(fenetre))
    assert f"{code[:3]} {code[3:]}" in page(elle.get(fenetre))


def test_le_code_dicte_mene_l_agent_a_l_ecran_et_a_la_demande(elle, lui):
    saisie = Saisie(texte="Le bouton reste gris", cle="k")
    demande = demander(
        saisie=saisie,
        personne=Personne(compte=martine_de(elle)),
        canal="web",
        maintenant=maintenant(),
    )
    accepter(elle, f"/teleassistance/?demande={demande.reference}")
    reponse = lui.post(
        "/cdg/teleassistance/",
        {"code": codes.code_de(AccordEnAttente.objects.get().reference)},
        follow=True,
    )

    assert "Écran de Martine Caron" in page(reponse) and "Le bouton reste gris" in page(reponse)


def martine_de(client):
    from beffroi.personnes.comptes.models import Utilisateur

    return Utilisateur.objects.get(pk=client.session["_auth_user_id"])


def test_un_code_inconnu_le_dit_et_se_compte(lui):
    reponse = lui.post("/cdg/teleassistance/", {"code": "123456"})

    assert reponse.status_code == 422 and "faites-le redicter" in page(reponse)


def test_la_demande_d_un_autre_n_existe_pas(elle):
    saisie = Saisie(texte="Secret", cle="k")
    autre = demander(
        saisie=saisie,
        personne=Personne(courriel="o@x.example"),
        canal="web",
        maintenant=maintenant(),
    )

    assert accepter(elle, f"/teleassistance/?demande={autre.reference}").status_code == 404
    assert accepter(Client(), f"/teleassistance/?demande={autre.reference}").status_code == 404
    assert (
        accepter(Client(), f"/teleassistance/?suivi={jetons.jeton_de(autre)}x").status_code == 404
    )
    assert accepter(Client(), f"/teleassistance/?suivi={jetons.jeton_de(autre)}").status_code == 302
    assert AccordEnAttente.objects.get().demande == autre


def test_un_visiteur_seul_n_occupe_pas_toutes_les_places(elle):
    for _ in range(5):
        assert accepter(Client()).status_code == 302
    refuse = accepter(Client())
    assert refuse.status_code == 422 and "depuis votre réseau" in page(refuse)

    assert (
        accepter(Client(REMOTE_ADDR="198.51.100.7")).status_code
        == accepter(elle).status_code
        == 302
    )
    voisins = [accepter(Client(REMOTE_ADDR=f"2001:db8::{n}")).status_code for n in range(1, 7)]
    assert voisins == [302] * 5 + [422]
    assert accepter(Client(REMOTE_ADDR="2001:db8:0:1::1")).status_code == 302


def test_remplacer_ou_annuler_son_accord_n_en_rend_pas_un_autre():
    visiteur, jeton = Client(), ""
    for _ in range(5):
        fenetre = accepter(visiteur, precedent=jeton).url
        jeton = fenetre.rstrip("/").rpartition("/")[2]
    visiteur.post(f"{fenetre}acte/", {"acte": "refuser"})

    refuse = accepter(visiteur, precedent=jeton)
    assert refuse.status_code == 422 and "5 fois en 10 minutes depuis votre réseau" in page(refuse)
    assert not Ecriture.objects.filter(acte__startswith="partage.").exists()


def test_une_demande_suivie_n_en_donne_pas_sans_fin():
    saisie = Saisie(texte="Rien", cle="k")
    sans_compte = Personne(courriel="o@x.example")
    demande = demander(saisie=saisie, personne=sans_compte, canal="web", maintenant=maintenant())
    chemin = f"/teleassistance/?suivi={jetons.jeton_de(demande)}"
    reseaux = [Client(REMOTE_ADDR=f"198.51.100.{n}") for n in range(6)]

    assert [accepter(client, chemin).status_code for client in reseaux] == [302] * 5 + [422]
    assert AccordEnAttente.objects.filter(etat="consenti").count() == 1


def test_la_fenetre_d_un_code_annule_le_dit():
    fenetre = accepter(Client()).url
    reponse = Client().post(f"{fenetre}acte/", {"acte": "refuser"}, follow=True)

    assert "Personne n'a vu votre écran" in page(reponse)
    assert Client().get(f"{fenetre}etat.json").json()["etat"] == "refuse"
    assert signaler(Client(), fenetre, "offre").status_code == 409


def test_le_lien_copie_ne_suffit_pas_quand_un_compte_a_accepte(elle, lui):
    fenetre = accepter(elle).url

    for autre in (Client(), lui):
        assert autre.get(fenetre).status_code == autre.get(f"{fenetre}etat.json").status_code == 404
        assert autre.post(f"{fenetre}acte/", {"acte": "terminer"}).status_code == 404
    assert AccordEnAttente.objects.get().etat == "consenti"


def test_un_collegue_n_entre_pas_dans_un_partage_qu_il_n_a_pas_rejoint(a_deux):
    fanny = connecter(Client(), agent(centre(), "Fanny Technicienne", "technicien"))

    for adresse in (a_deux[1], f"{a_deux[1]}etat.json"):
        assert fanny.get(adresse).status_code == 404
    assert (
        signaler(fanny, a_deux[1], "pret").status_code
        == fanny.post(f"{a_deux[1]}finir/").status_code
        == 404
    )


def test_chacun_lit_ce_que_l_autre_a_dit_une_fois(elle, lui, a_deux):
    fenetre, regard = a_deux
    signaler(lui, regard, "pret")
    signaler(elle, fenetre, "offre", '{"tour":1}')

    (offre,) = lui.get(f"{regard}etat.json").json()["signaux"]
    assert (offre["genre"], offre["corps"]) == ("offre", '{"tour":1}')
    assert lui.get(f"{regard}etat.json?depuis={offre['rang']}").json()["signaux"] == []
    assert [signal["genre"] for signal in elle.get(f"{fenetre}etat.json").json()["signaux"]] == [
        "pret"
    ]


def test_un_code_passe_se_dit_expire_avant_meme_la_ronde(elle):
    fenetre = accepter(elle).url
    assert elle.get(f"{fenetre}etat.json").json()["etat"] == "consenti"
    AccordEnAttente.objects.update(code_jusqu_au=maintenant())

    assert elle.get(f"{fenetre}etat.json").json()["etat"] == "expire"
    assert "personne ne l'a tapé" in page(elle.get(fenetre))


@pytest.mark.parametrize(
    "corps",
    [
        "",
        "[]",
        '{"genre": "offre"}',
        '{"genre": "offre", "corps": 3}',
        "{",
        "[" * 30_000,
        '{"genre": "offre", "corps": "\\u0000"}',
        '{"genre": "offre", "corps": "\\ud800"}',
    ],
)
def test_un_signal_illisible_est_refuse(elle, a_deux, corps):
    assert elle.post(f"{a_deux[0]}signaux/", corps, "application/json").status_code == 422


def test_un_signal_enorme_est_refuse(elle, a_deux):
    assert signaler(elle, a_deux[0], "offre", "a" * 16385).status_code == 422
    assert signaler(elle, a_deux[0], "offre", "a" * 60000).status_code == 422
    assert not Signal.objects.exists()


@pytest.mark.parametrize(
    ("acte", "dit"),
    [
        ("terminer", "Vous y avez mis fin."),
        ("couper", "Reprendre avec un nouveau code"),
        ("refuser", "Personne n'a vu votre écran"),
    ],
)
def test_chaque_fin_se_dit(elle, a_deux, acte, dit):
    reponse = elle.post(f"{a_deux[0]}acte/", {"acte": acte}, follow=True)

    assert dit in page(reponse)


def test_l_agent_met_fin_et_elle_lit_qui(elle, lui, a_deux):
    lui.post(f"{a_deux[1]}finir/", {"acte": "terminer"})

    assert elle.get(f"{a_deux[0]}etat.json").json()["etat"] == "termine"
    assert "Le centre de gestion y a mis fin" in page(elle.get(a_deux[0]))


def test_reprendre_apres_une_coupure_redemande_l_accord_et_garde_la_demande():
    saisie = Saisie(texte="Rien", cle="k")
    demande = demander(
        saisie=saisie,
        personne=Personne(courriel="o@x.example"),
        canal="web",
        maintenant=maintenant(),
    )
    visiteur = Client()
    fenetre = accepter(visiteur, f"/teleassistance/?suivi={jetons.jeton_de(demande)}").url
    jeton = fenetre.rstrip("/").rpartition("/")[2]
    accepter(visiteur, precedent=jeton)

    second, premier = AccordEnAttente.objects.all()
    assert (premier.etat, second.demande) == ("remplace", demande)
    assert "Un autre code remplace celui-ci" in page(visiteur.get(fenetre))


def test_le_relais_turn_se_prete_pour_un_partage_et_meurt_avec_lui(elle, a_deux, settings):
    settings.TELEASSISTANCE = {
        "relais": ["stun:s.example:3478", "turn:t.example:3478"],
        "secret_turn": "x",
    }
    lus = json.loads(
        re.search(r'id="donnees"[^>]*>([^<]+)<', elle.get(a_deux[0]).content.decode()).group(1)
    )["relais"]

    partage = Partage.objects.get()
    jusqu_a = int(partage.consenti_le.timestamp()) + 2 * 3600
    assert lus[0] == {"urls": "stun:s.example:3478"}
    assert lus[1]["username"] == f"{jusqu_a}:{partage.reference}" and lus[1]["credential"]


def test_la_connexion_reste_au_seul_service(elle, a_deux):
    assert "connect-src 'self'" in elle.get(a_deux[0]).headers["Content-Security-Policy"]


def test_le_micro_ne_se_demande_que_la_ou_l_on_se_parle(elle, lui, a_deux):
    ouvertes = [elle.get(a_deux[0]), lui.get(a_deux[1])]
    fermees = [
        elle.get("/"),
        elle.get("/teleassistance/"),
        lui.get("/cdg/teleassistance/"),
        Client().get("/aide/"),
    ]

    assert all("microphone=(self)" in reponse.headers["Permissions-Policy"] for reponse in ouvertes)
    assert all("microphone=()" in reponse.headers["Permissions-Policy"] for reponse in fermees)
    elle.post(f"{a_deux[0]}acte/", {"acte": "terminer"})
    assert "microphone=()" in elle.get(a_deux[0]).headers["Permissions-Policy"]


def test_un_accord_donne_avant_la_voix_n_ouvre_aucun_micro(elle, lui, a_deux):
    assert all(
        "data-voix" in page(client.get(adresse))
        for client, adresse in zip((elle, lui), a_deux, strict=True)
    )
    Partage.objects.update(texte_accepte=rules.empreinte_du_texte(rules.VERSIONS[0]))

    for client, adresse in zip((elle, lui), a_deux, strict=True):
        reponse = client.get(adresse)
        assert (
            "data-voix" not in page(reponse)
            and "microphone=()" in reponse.headers["Permissions-Policy"]
        )
    assert "Le son passe par le téléphone" in page(elle.get(a_deux[0]))


def test_le_temoin_est_sur_chaque_page_de_qui_est_connecte(elle):
    assert "teleassistance/temoin" in elle.get("/aide/").content.decode()
    assert "teleassistance/temoin" not in Client().get("/aide/").content.decode()


def test_une_commune_ne_voit_pas_les_pages_du_centre():
    voisine = (
        en_service("21620053500013", "Commune voisine", "Paul Voisin")
        .habilitations.get()
        .utilisateur
    )

    assert connecter(Client(), voisine).get("/cdg/teleassistance/").status_code == 404
