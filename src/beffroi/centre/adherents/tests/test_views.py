"""Les écrans de l'annuaire : ce que chacun y voit, et ce qu'une saisie fautive répond."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beffroi.centre.adherents import queries, services
from beffroi.centre.adherents.models import Adherent, Contact, Effectif
from beffroi.centre.adherents.tests.gestes import (
    AUDINCTHUN,
    BOMY,
    CCAS_DE_BOMY,
    SIRET_DE_BOMY,
    adherent,
    declarer,
)
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
ICI = "/cdg/adherents/"
SIRET = SIRET_DE_BOMY


def agent(chez: Organisme, nom: str, *roles: str) -> Client:
    utilisateur = avec_second_facteur(personne(nom))
    habiliter(
        organisme=chez, utilisateur=utilisateur, roles=roles, par=PLATEFORME, maintenant=LUNDI
    )
    return connecter(Client(), utilisateur)


@pytest.fixture
def gestion(centre) -> Client:
    return agent(centre, "Nadège Colpaert", "gestionnaire")


def page(reponse) -> str:
    return reponse.content.decode()


def pdf(nom: str = "état.pdf", octets: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, octets)


def saisie(**reste) -> dict[str, object]:
    annee = horloge.maintenant().year
    complete = {
        "annee": annee,
        "agents": "12",
        "definition": "l452_14",
        "constate_le": f"{annee}-01-01",
    }
    return {**complete, "justificatif": pdf(), **reste}


def test_l_annuaire_vide_dit_comment_commencer(gestion):
    assert "L’annuaire est vide" in page(gestion.get(ICI))


def test_on_trouve_un_adherent_sans_accent_ni_majuscule(gestion):
    adherent(nom="Commune de Béthune")
    adherent(AUDINCTHUN, "Commune d'Audincthun")

    trouvee = page(gestion.get(f"{ICI}?q=bethune"))

    assert "Béthune" in trouvee and "Audincthun" not in trouvee


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ("etat=actif", ["Commune de Bomy"]),
        ("etat=sans_siret", ["Audincthun", "CCAS"]),
        ("nature=ccas", ["CCAS"]),
        ("effectif=declare", ["Commune de Bomy"]),
        ("effectif=inconnu", ["Audincthun", "CCAS"]),
        ("nature=royaume", ["Audincthun", "CCAS", "Commune de Bomy"]),
    ],
)
def test_la_liste_se_filtre(gestion, bomy, filtre, attendus):
    adherent(AUDINCTHUN, "Audincthun")
    adherent(CCAS_DE_BOMY, "CCAS", "ccas")
    declarer(bomy, 12, annee=horloge.maintenant().year)

    lignes = gestion.get(f"{ICI}?{filtre}").context["pages"].object_list

    assert [ligne.adherent.nom for ligne in lignes] == attendus


def test_la_liste_ne_lit_pas_plus_pour_plus_d_adherents(gestion):
    adherent()
    gestion.get(ICI)
    with CaptureQueriesContext(connection) as un:
        gestion.get(ICI)
    adherent(AUDINCTHUN, "Audincthun")
    adherent(CCAS_DE_BOMY, "CCAS", "ccas")

    with CaptureQueriesContext(connection) as trois:
        gestion.get(ICI)

    assert len(trois) == len(un)


def test_qui_est_repris_n_est_ni_declare_ni_a_redemander(gestion):
    bomy, nouvelle = adherent(), adherent(AUDINCTHUN, "Commune nouvelle")
    services.faire_succeder(
        adherent=bomy, successeur=nouvelle, le=date(2026, 1, 1), par=PLATEFORME, maintenant=LUNDI
    )

    assert "Compté avec Commune nouvelle" in page(gestion.get(ICI))
    assert [
        ligne.adherent for ligne in gestion.get(f"{ICI}?effectif=inconnu").context["pages"]
    ] == [nouvelle]


def test_la_liste_se_range_par_nom_sans_accent_ni_majuscule(gestion):
    for siren, nom in ((BOMY, "Étaples"), (AUDINCTHUN, "azincourt"), (CCAS_DE_BOMY, "Fruges")):
        adherent(siren, nom)

    noms = [ligne.adherent.nom for ligne in gestion.get(ICI).context["pages"]]

    assert noms == ["azincourt", "Étaples", "Fruges"]


def test_l_export_ne_donne_jamais_de_formule(gestion):
    adherent(nom='=HYPERLINK("http://x")')

    export = b"".join(gestion.get(f"{ICI}export.csv").streaming_content).decode()

    assert "'=HYPERLINK" in export and BOMY in export


@pytest.mark.parametrize("role", ["ordonnateur", "comptable"])
def test_qui_valide_ou_paie_lit_l_annuaire_sans_le_tenir(centre, role):
    adherent()
    client = agent(centre, "Rémi Delattre", role)

    assert "Inscrire" not in page(client.get(ICI))
    assert client.get(f"{ICI}nouveau/").status_code == 403


@pytest.mark.parametrize("role", ["juriste", "technicien", "administrateur"])
def test_qui_repond_au_telephone_lit_l_annuaire_sans_le_tenir_ni_l_exporter(centre, bomy, role):
    client = agent(centre, "Claire Dubreuil", role)

    assert client.get(ICI).status_code == 200
    assert f'href="{ICI}"' in page(client.get("/a-faire/"))
    assert "Exporter" not in page(client.get(ICI))
    fermees = ("export.csv", f"{BOMY}/modifier/", f"{BOMY}/effectif/2026/justificatif")
    assert {client.get(f"{ICI}{adresse}").status_code for adresse in fermees} == {403}


def test_le_menu_ne_mene_pas_la_ou_le_role_n_entre_pas(centre, gestion):
    administration = agent(centre, "Fanny Roussel", "administrateur")

    assert 'href="/exploitant/comptes/"' in page(administration.get("/a-faire/"))
    assert 'href="/exploitant/comptes/"' not in page(gestion.get("/a-faire/"))
    assert f'href="{ICI}"' in page(gestion.get("/a-faire/"))


def test_inscrire_un_adherent(gestion):
    recu = gestion.post(
        f"{ICI}nouveau/", {"siren": "216 201 558", "nom": "Commune de Bomy", "nature": "commune"}
    )

    assert recu.url == f"{ICI}{BOMY}/"
    assert "SIRET à demander" in page(gestion.get(recu.url))


@pytest.mark.parametrize(
    ("faute", "dit"),
    [
        ({"siren": "216201559"}, "Ce SIREN n’existe pas"),
        ({"siren": ""}, "Saisissez un SIREN"),
        ({"siret": "21620053500013"}, "devrait commencer par 216201558"),
        ({"nom": ""}, "Saisissez le nom"),
        ({"courriel": "mairie"}, "Saisissez une adresse"),
        ({"code_postal": "629"}, "cinq chiffres"),
    ],
)
def test_une_fiche_fautive_se_dit_d_une_phrase_et_la_saisie_reste(gestion, faute, dit):
    recu = gestion.post(
        f"{ICI}nouveau/",
        {"siren": BOMY, "nom": "Bomy", "nature": "commune", "ville": "Ici", **faute},
    )

    assert recu.status_code == 422
    assert dit in page(recu) and 'value="Ici"' in page(recu)
    assert not Adherent.objects.exists()


def test_inscrire_deux_fois_le_meme_siren_se_dit(gestion):
    adherent()

    recu = gestion.post(f"{ICI}nouveau/", {"siren": BOMY, "nom": "Bomy", "nature": "commune"})

    assert recu.status_code == 422 and "porte déjà ce SIREN" in page(recu)


@pytest.mark.parametrize(
    ("agents", "dit"),
    [
        ("-1", "ne peut pas être négatif"),
        ("350.5", "nombre entier"),
        ("environ 400", "et non « environ 400 »"),
    ],
)
def test_un_effectif_impossible_est_refuse_au_champ_et_rien_n_est_ecrit(gestion, agents, dit):
    adherent()

    recu = gestion.post(f"{ICI}{BOMY}/effectif/", saisie(agents=agents))

    assert recu.status_code == 422
    assert dit in page(recu).replace("\N{NO-BREAK SPACE}", " ").replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )
    assert not Effectif.objects.exists()


def test_un_effectif_sans_document_est_refuse(gestion):
    adherent()
    sans = saisie()
    del sans["justificatif"]

    recu = gestion.post(f"{ICI}{BOMY}/effectif/", sans)

    assert recu.status_code == 422 and "Choisissez un fichier" in page(recu)


def test_l_adherent_declare_lui_meme_son_effectif(bomy):
    martine = agent(bomy.organisme, "Martine Caron", "administrateur")

    recu = martine.post(f"/adhesion/{SIRET}/effectif/", saisie())

    assert recu.url == f"/adhesion/{SIRET}/"
    assert "12 agents" in page(martine.get(recu.url))
    assert (
        martine.get(f"/adhesion/{SIRET}/effectif/{horloge.maintenant().year}/justificatif").content
        == b"%PDF-1.7"
    )


def test_un_agent_sans_role_d_administrateur_lit_sans_declarer(bomy):
    effectif = declarer(bomy, 12)
    yvette = agent(bomy.organisme, "Yvette Cordier", "lecteur")

    assert "12 agents" in page(yvette.get(f"/adhesion/{SIRET}/"))
    assert yvette.post(f"/adhesion/{SIRET}/effectif/", saisie()).status_code == 403
    assert (
        yvette.get(f"/adhesion/{SIRET}/effectif/{effectif.annee}/justificatif").status_code == 403
    )


def test_une_autre_commune_ne_lit_rien(bomy):
    declarer(bomy, 12)
    ailleurs = creer_organisme(
        nom="Audincthun", siret="21620053500013", par=PLATEFORME, maintenant=LUNDI
    )
    client = agent(ailleurs, "Hélène Duriez", "administrateur")

    for adresse in (
        f"/adhesion/{SIRET}/",
        f"/adhesion/{SIRET}/effectif/2026/justificatif",
        ICI,
        f"{ICI}{BOMY}/",
    ):
        assert client.get(adresse).status_code == 404


def test_un_organisme_hors_de_l_annuaire_l_apprend(centre):
    ailleurs = creer_organisme(
        nom="Audincthun", siret="21620053500013", par=PLATEFORME, maintenant=LUNDI
    )
    client = agent(ailleurs, "Hélène Duriez", "administrateur")

    assert client.get("/adhesion/").url == "/adhesion/21620053500013/"
    assert "pas encore à l’annuaire" in page(client.get("/adhesion/21620053500013/"))
    assert client.get("/adhesion/21620053500013/effectif/").status_code == 404


def test_activer_au_centre_invite_l_administrateur(gestion):
    adherent(siret=SIRET)

    recu = gestion.post(f"{ICI}{BOMY}/activer/", {"courriel": "m@bomy.example", "nom": "Martine"})

    assert recu.url == f"{ICI}{BOMY}/"
    assert Courriel.objects.filter(destinataire="m@bomy.example").exists()
    fiche = page(gestion.get(recu.url))
    assert "Martine, Administrateur" in fiche and "adresse non confirmée" in fiche


def test_activer_sans_siret_revient_au_formulaire(gestion):
    adherent()

    recu = gestion.post(f"{ICI}{BOMY}/activer/", {"courriel": "m@bomy.example", "nom": "Martine"})

    assert recu.status_code == 422 and "manque le SIRET" in page(recu)


def test_noter_puis_retirer_un_signataire(gestion):
    bomy = adherent()
    gestion.post(
        f"{ICI}{BOMY}/contacts/",
        {"sorte": "signataire", "nom": "Hélène Duriez", "qualite": "maire"},
    )
    contact = Contact.objects.get()

    assert "Hélène Duriez" in page(gestion.get(f"{ICI}{BOMY}/"))
    gestion.post(f"{ICI}{BOMY}/contacts/{contact.reference}/retirer/")

    assert queries.signataires(bomy, date(2099, 1, 1)) == []


def test_une_delegation_sans_acte_est_refusee(gestion):
    adherent()

    recu = gestion.post(
        f"{ICI}{BOMY}/contacts/", {"sorte": "delegation", "nom": "Y", "depuis_le": "2026-01-01"}
    )

    assert recu.status_code == 422 and "par quel acte" in page(recu)


def test_le_contact_d_un_autre_adherent_est_introuvable(gestion):
    bomy = adherent()
    adherent(AUDINCTHUN, "Audincthun")
    contact = services.ecrire_contact(
        adherent=bomy, personne=services.Personne("contact", "Y"), par=PLATEFORME, maintenant=LUNDI
    )

    assert gestion.get(f"{ICI}{AUDINCTHUN}/contacts/{contact.reference}/").status_code == 404


@pytest.mark.moteurs
def test_rattacher_puis_detacher_un_ccas(gestion):
    adherent()
    ccas = adherent(CCAS_DE_BOMY, "CCAS de Bomy", "ccas")
    adresse = f"{ICI}{CCAS_DE_BOMY}/rattacher/"

    gestion.post(adresse, {"siren": BOMY})
    ccas.refresh_from_db()
    assert ccas.rattache_a.siren == BOMY
    gestion.post(adresse, {"siren": ""})
    ccas.refresh_from_db()

    assert ccas.rattache_a is None


def test_rattacher_a_un_inconnu_se_dit(gestion):
    adherent(CCAS_DE_BOMY, "CCAS de Bomy", "ccas")

    recu = gestion.post(f"{ICI}{CCAS_DE_BOMY}/rattacher/", {"siren": AUDINCTHUN})

    assert recu.status_code == 422 and "Inscrivez-le d’abord" in page(recu)


def test_dire_qui_succede(gestion):
    adherent()
    adherent(AUDINCTHUN, "Commune nouvelle")

    gestion.post(f"{ICI}{BOMY}/succession/", {"siren": AUDINCTHUN, "succede_le": "2027-01-01"})

    assert "Repris par un autre adhérent" in page(gestion.get(f"{ICI}{BOMY}/"))
    assert "A pris la suite de" in page(gestion.get(f"{ICI}{AUDINCTHUN}/"))
