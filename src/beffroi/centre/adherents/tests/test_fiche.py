"""La fiche, pour qui décroche le téléphone : qui lit quoi, et ce que la commune en lit."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.centre.adherents import queries, rules, services, taches
from beffroi.centre.adherents.models import Contact, NoteDAppel, RegardSurLesAchats
from beffroi.centre.adherents.tests.gestes import AUDINCTHUN, BOMY, CCAS_DE_BOMY, adherent
from beffroi.centre.adherents.tests.test_views import agent, page
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
FICHE = f"/cdg/adherents/{BOMY}/"
TROUVER = "/cdg/adherents/trouver/"
BLOCS = {
    "Maintenant": {"administrateur", "technicien", "juriste", "gestionnaire"},
    "Les personnes": {"administrateur", "technicien", "gestionnaire"},
    "Convention": {
        "administrateur",
        "technicien",
        "juriste",
        "gestionnaire",
        "ordonnateur",
        "comptable",
    },
    "Contribution": {"gestionnaire", "ordonnateur", "comptable"},
    "Demandes": {"administrateur", "technicien", "juriste"},
    "Interventions, notes": {"administrateur", "technicien", "juriste", "gestionnaire"},
}
ROLES_DU_CENTRE = sorted(BLOCS["Convention"])


# ---------------------------------------------------------------- règles


@pytest.mark.parametrize(
    "saisie",
    [
        "03 21 00 00 62",
        "03.21.00.00.62",
        "03-21-00-00-62",
        "0321000062",
        "+33 3 21 00 00 62",
        "+33 (0)3 21 00 00 62",
        "0033321000062",
        "321000062",
    ],
)
def test_un_numero_est_le_meme_sous_toutes_ses_ecritures(saisie):
    assert rules.numero_de_telephone(saisie) == "33321000062"


@pytest.mark.parametrize("saisie", ["", "Bomy", "12", "2026-0142", "03 21", "03 21 00 00 62 poste"])
def test_ce_qui_n_est_pas_un_numero_entier_n_en_est_pas_un(saisie):
    assert rules.numero_de_telephone(saisie) == ""


# ---------------------------------------------------------------- les blocs


@pytest.mark.parametrize("role", ROLES_DU_CENTRE)
def test_chaque_role_du_centre_lit_ses_blocs_et_pas_les_autres(centre, bomy, role):
    lue = page(agent(centre, "Fanny Roussel", role).get(FICHE))

    vus = {titre for titre in BLOCS if f">{titre}</h2>" in lue}

    assert vus == {titre for titre, roles in BLOCS.items() if role in roles}


@pytest.fixture
def achat(scene_d_achat, centre):
    """Un achat publié, et l'adhérent de cette commune."""
    scene_d_achat.publiee("Toiture de la mairie")
    la = adherent(siret=scene_d_achat.organisme.siret, telephone="03 21 00 00 62")
    la.organisme = scene_d_achat.organisme
    la.save(update_fields=["organisme"])
    return la


def test_le_technicien_voit_l_etat_d_un_achat_jamais_ce_qu_il_recoit(achat, centre):
    lue = page(agent(centre, "Fanny Roussel", "technicien").get(FICHE))

    assert "Toiture de la mairie" in lue and "heure limite" in lue
    assert "réponse" not in lue.split('id="maintenant"')[1].split("</ul>")[0].lower()


@pytest.mark.parametrize("role", ["ordonnateur", "comptable"])
def test_qui_ne_repond_pas_au_telephone_ne_voit_ni_achat_ni_personne(
    achat,
    centre,
    role,
):
    lue = page(agent(centre, "Fanny Roussel", role).get(FICHE))

    assert "Toiture de la mairie" not in lue and "Second facteur" not in lue
    assert not RegardSurLesAchats.objects.exists()


def test_la_fiche_ouverte_deux_fois_le_meme_jour_s_inscrit_une_fois(achat, centre):
    fanny = agent(centre, "Fanny Roussel", "technicien")
    fanny.get(FICHE)
    fanny.get(FICHE)

    (ecrite,) = Ecriture.objects.filter(acte="adherent.regarder_les_achats")
    assert (ecrite.sujet, ecrite.organisme) == (BOMY, achat.organisme.siret)


@pytest.mark.moteurs
def test_un_regard_par_jour_et_par_personne(db):
    bomy_, fanny, claire = adherent(), personne("Fanny Roussel"), personne("Claire Dubois")

    def regarder(par, le):
        return services.regarder_les_achats(adherent=bomy_, par=par, maintenant=le)

    demain = LUNDI + timedelta(days=1)
    rendus = [regarder(fanny, LUNDI), regarder(fanny, LUNDI), regarder(claire, LUNDI)]

    assert [*rendus, regarder(fanny, demain)] == [True, False, True, True]


def test_une_fiche_sans_achat_en_cours_n_inscrit_rien(centre, bomy):
    agent(centre, "Fanny Roussel", "technicien").get(FICHE)

    assert not RegardSurLesAchats.objects.exists()


def test_la_commune_lit_qui_a_regarde_et_une_autre_commune_non(achat, centre):
    agent(centre, "Fanny Roussel", "technicien").get(FICHE)
    autre = adherent(AUDINCTHUN, "Commune d'Audincthun")

    siens = queries.regards_chez(achat.organisme)

    assert [regard.par.nom for regard in siens] == ["Fanny Roussel"]
    assert not autre.regards.exists()


def test_un_acheteur_n_ouvre_ni_la_fiche_ni_la_recherche(achat, centre):
    martine = agent(achat.organisme, "Agnès Bailleul", "administrateur", "redacteur")

    rendus = [martine.get(adresse) for adresse in (FICHE, TROUVER, f"{FICHE}appel/")]

    assert [rendu.status_code for rendu in rendus] == [404, 404, 404]


def test_la_fiche_ne_lit_pas_plus_pour_plus_d_adherents_ni_plus_de_notes(
    achat,
    centre,
):
    fanny = agent(centre, "Fanny Roussel", "administrateur", "gestionnaire", "juriste")
    fanny.get(FICHE)
    with CaptureQueriesContext(connection) as peu:
        fanny.get(FICHE)
    adherent(AUDINCTHUN, "Audincthun")
    auteur = personne("Paul Lens")
    for rang in range(5):
        services.noter_un_appel(adherent=achat, texte=f"Note {rang}", par=auteur, maintenant=LUNDI)
    with CaptureQueriesContext(connection) as beaucoup:
        fanny.get(FICHE)

    assert len(beaucoup) == len(peu)


@pytest.mark.parametrize("role", ROLES_DU_CENTRE)
def test_la_fiche_tient_en_vingt_cinq_lectures_pour_un_role(achat, centre, role):
    client = agent(centre, "Fanny Roussel", role)
    client.get(FICHE)

    with CaptureQueriesContext(connection) as lues:
        client.get(FICHE)

    assert len([une for une in lues if "SAVEPOINT" not in une["sql"]]) <= 25


# ---------------------------------------------------------------- noter l'appel


def test_noter_l_appel_est_le_premier_arret_apres_le_fil(centre, bomy):
    lue = page(agent(centre, "Fanny Roussel", "technicien").get(FICHE))
    apres_le_fil = lue.split('aria-label="Vous êtes ici"')[1].split("</nav>", 1)[1]

    assert re.findall(r'href="([^"#]+)"', apres_le_fil)[0] == f"{FICHE}appel/"


def test_une_note_porte_son_auteur_son_heure_et_se_lit_sur_la_fiche(centre, bomy):
    fanny = agent(centre, "Fanny Roussel", "technicien")

    rendue = fanny.post(f"{FICHE}appel/", {"texte": "Appeler le matin"}, follow=True)

    assert "Appeler le matin" in page(rendue) and "note de Fanny Roussel" in page(rendue)


def test_une_note_vide_est_refusee_au_champ(centre, bomy):
    rendue = agent(centre, "Fanny Roussel", "technicien").post(f"{FICHE}appel/", {"texte": "  "})

    assert rendue.status_code == 422 and "en une phrase" in page(rendue)
    assert not NoteDAppel.objects.exists()


@pytest.mark.parametrize("role", ["ordonnateur", "comptable"])
def test_qui_ne_repond_pas_au_telephone_ne_note_ni_ne_lit(centre, bomy, role):
    services.noter_un_appel(
        adherent=bomy, texte="Ligne occupée", par=personne("Paul Lens"), maintenant=LUNDI
    )
    client = agent(centre, "Fanny Roussel", role)

    assert client.post(f"{FICHE}appel/", {"texte": "x"}).status_code == 403
    assert "Ligne occupée" not in page(client.get(FICHE))


@pytest.mark.moteurs
def test_le_journal_d_une_note_ne_dit_pas_son_texte(db):
    note = services.noter_un_appel(
        adherent=adherent(), texte="Canari rouge", par=personne(), maintenant=LUNDI
    )

    ecrite = Ecriture.objects.get(acte="adherent.noter_un_appel")
    assert note.reference in ecrite.contenu and "Canari" not in ecrite.contenu


def test_un_second_clic_ne_note_pas_deux_fois_et_le_lendemain_si(db):
    bomy_, fanny_ = adherent(), personne()

    def noter(le):
        return services.noter_un_appel(adherent=bomy_, texte="Absent", par=fanny_, maintenant=le)

    ecrites = [noter(LUNDI), noter(LUNDI), noter(LUNDI + timedelta(days=1))]

    assert [ecrites[0] == ecrites[1], ecrites[0] == ecrites[2]] == [True, False]


@pytest.mark.parametrize("mots", ["a\0b", "<script>", "x" * 5000, "+", "()", "٠٣٢١٠٠٠٠٦٢"])
def test_une_recherche_hostile_ne_trouve_rien_et_ne_casse_rien(centre, mots):
    adherent(telephone="03 21 00 00 62")

    rendue = agent(centre, "Fanny Roussel", "technicien").get(TROUVER, {"q": mots})

    assert rendue.status_code == 200 and "<script>" not in page(rendue).split("</head>")[1][:9000]


def test_une_note_sans_rien_n_est_pas_gardee(db):
    with pytest.raises(RegleEnfreinte, match="en une phrase"):
        services.noter_un_appel(adherent=adherent(), texte=" ", par=personne(), maintenant=LUNDI)


@pytest.mark.moteurs
def test_deux_ans_apres_le_texte_d_une_note_s_efface_et_elle_reste_comptee(db):
    note = services.noter_un_appel(
        adherent=adherent(), texte="Canari rouge", par=personne(), maintenant=LUNDI
    )

    taches.effacer_les_notes(LUNDI + rules.VIE_D_UNE_NOTE - timedelta(seconds=1))
    note.refresh_from_db()
    avant = note.texte
    for _ in range(2):
        taches.effacer_les_notes(LUNDI + rules.VIE_D_UNE_NOTE)

    note.refresh_from_db()
    assert (avant, note.texte) == ("Canari rouge", "")
    assert Ecriture.objects.filter(acte="adherent.effacer_une_note").count() == 1


# ---------------------------------------------------------------- trouver


@pytest.fixture
def fanny(centre):
    return agent(centre, "Fanny Roussel", "technicien")


@pytest.mark.parametrize(
    "mots", ["+33 3 21 00 00 62", "03.21.00.00.62", BOMY, f"{BOMY}00014", "bomy"]
)
def test_un_numero_un_nom_ou_un_siren_mene_a_la_fiche(fanny, mots):
    adherent(telephone="03 21 00 00 62")
    adherent(AUDINCTHUN, "Commune d'Audincthun", telephone="03 21 00 00 63")

    assert fanny.get(TROUVER, {"q": mots}).headers["Location"] == FICHE


def test_le_numero_d_un_contact_mene_a_son_adherent(fanny):
    Contact.objects.create(
        adherent=adherent(), sorte="contact", nom="Martine Caron", telephone="06 12 34 56 78"
    )

    assert fanny.get(TROUVER, {"q": "+33612345678"}).headers["Location"] == FICHE


def test_un_numero_partage_par_deux_demande_lequel(fanny):
    adherent(telephone="03 21 00 00 62")
    adherent(CCAS_DE_BOMY, "CCAS de Bomy", "ccas", telephone="03.21.00.00.62")

    rendue = fanny.get(TROUVER, {"q": "0321000062"})

    assert rendue.status_code == 200
    assert {un.nom for un in rendue.context["trouves"]} == {"Commune de Bomy", "CCAS de Bomy"}


@pytest.mark.parametrize("mots", ["03 21 99 99 99", "2099-0001", "zzz", "999999998", "'; --", "%"])
def test_ce_qui_n_est_a_personne_ne_mene_nulle_part(fanny, mots):
    adherent(telephone="03 21 00 00 62")

    rendue = fanny.get(TROUVER, {"q": mots})

    assert rendue.status_code == 200 and not rendue.context["trouves"]


def test_un_numero_de_consultation_mene_a_qui_l_a_publiee(achat, fanny):
    reference = achat.organisme.consultations.get().reference

    rendue = fanny.get(TROUVER, {"q": f"consultation {reference}"})

    assert rendue.headers["Location"] == FICHE


def test_chercher_ne_lit_pas_plus_pour_plus_d_adherents(fanny):
    adherent(telephone="03 21 00 00 62")
    fanny.get(TROUVER, {"q": "commune"})
    with CaptureQueriesContext(connection) as un:
        fanny.get(TROUVER, {"q": "03 21 99 99 99"})
    adherent(AUDINCTHUN, "Audincthun", telephone="03 21 00 00 63")
    adherent(CCAS_DE_BOMY, "CCAS", "ccas", telephone="03 21 00 00 64")
    with CaptureQueriesContext(connection) as trois:
        fanny.get(TROUVER, {"q": "03 21 99 99 99"})

    assert len(trois) == len(un)
