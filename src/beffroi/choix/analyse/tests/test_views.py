"""Les écrans : ce que chacun voit, ce qu'il peut faire, et ce qui ne se perd pas."""

import io
import zipfile
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.choix.analyse import services
from beffroi.choix.analyse.models import Note, Offre, RapportDAnalyse
from beffroi.choix.analyse.tests.scene import ANALYSE_LE, CRITERES, notee
from beffroi.socle.fondations import horloge


@pytest.fixture
def chez(client, scene, monkeypatch):
    """La personne connectée, deux jours après l'ouverture."""
    monkeypatch.setattr(horloge, "maintenant", lambda: ANALYSE_LE)
    for module in ("lot", "notes", "offres", "resultats", "commun"):
        monkeypatch.setattr(
            f"beffroi.choix.analyse.views.{module}.maintenant", lambda: ANALYSE_LE, raising=False
        )

    def entrer(qui: str):
        client.force_login(scene.personne(qui))
        return client

    return entrer


def adresse(scene, page: str, *suite) -> str:
    return reverse(
        f"analyse:{page}",
        args=(scene.consultation.reference, *([] if page == "evaluateurs" else [0]), *suite),
    )


def cases(offre: Offre, *valeurs: str) -> dict[str, str]:
    return {
        f"n-{offre.reference}-{cle}": v for cle, v in zip(("2.1", "2.2", "3"), valeurs, strict=True)
    }


def test_la_grille_s_arrete_d_un_formulaire(chez, scene):
    texte = "Prix ; prix ; 60\nTechnique ; technique ; 40\n- Méthode ; 25\n- Équipe ; 15"
    saisie = {"criteres": texte, "echelle": "20", "formule": "proportionnelle"}

    reponse = chez("martine").post(adresse(scene, "grille"), saisie)

    assert reponse.status_code == 302
    assert [c.cle for c in scene.analyse().cases] == ["1", "2.1", "2.2"]


@pytest.mark.parametrize(
    "texte", ["Prix", "Prix ; euros ; 60", "- Méthode ; 3", "Prix ; prix ; beaucoup"]
)
def test_un_critere_mal_recopie_est_nomme_par_sa_ligne(chez, scene, texte):
    reponse = chez("martine").post(
        adresse(scene, "grille"), {"criteres": texte, "echelle": "20", "formule": "proportionnelle"}
    )

    assert reponse.status_code == 422


def test_un_evaluateur_note_sans_script_et_retrouve_ses_notes(chez, scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.nommer("helene")

    chez("helene").post(adresse(scene, "notes"), {**cases(faitage, "7,5", "8", ""), "vues": ""})

    assert [str(n.valeur) for n in Note.objects.order_by("critere")] == ["7.50", "8.00"]
    assert 'value="7,5"' in chez("helene").get(adresse(scene, "notes")).content.decode()


def test_une_note_illisible_ne_perd_pas_les_autres(chez, scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.nommer("helene")

    reponse = chez("helene").post(
        adresse(scene, "notes"), {**cases(faitage, "sept", "8", ""), "vues": ""}
    )

    assert reponse.status_code == 422
    assert all(f'value="{tapee}"' in reponse.content.decode() for tapee in ("sept", "8"))
    assert not Note.objects.exists()


def test_une_case_s_enregistre_seule_et_rend_sa_cle(chez, scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.nommer("helene")

    reponse = chez("helene").post(
        adresse(scene, "case"),
        {"offre": faitage.reference, "critere": "3", "valeur": "6", "vue": ""},
    )

    assert reponse.json() == {"vue": str(Note.objects.get().pk)}


@pytest.mark.parametrize(
    ("valeur", "statut"), [("11", 422), ("dix", 422), ("-1", 422), ("6,123", 422), ("10", 200)]
)
def test_une_case_hors_de_l_echelle_le_dit(chez, scene, valeur, statut):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.nommer("helene")

    reponse = chez("helene").post(
        adresse(scene, "case"),
        {"offre": faitage.reference, "critere": "3", "valeur": valeur, "vue": ""},
    )

    assert reponse.status_code == statut


def test_noter_une_case_garde_son_commentaire(chez, scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    evaluateur = scene.nommer("helene")
    (note,) = scene.noter(evaluateur, faitage, "3", 7, commentaire="Deux semaines.")

    chez("helene").post(
        adresse(scene, "case"),
        {"offre": faitage.reference, "critere": "3", "valeur": "8", "vue": str(note.pk)},
    )

    assert Note.objects.get(remplacee_par=None).commentaire == "Deux semaines."


def test_qui_n_est_pas_nomme_lit_mais_ne_note_pas(chez, scene):
    scene.arreter()
    faitage, _ = scene.inscrire()

    assert "Vous ne notez pas" in chez("helene").get(adresse(scene, "notes")).content.decode()
    refus = chez("helene").post(
        adresse(scene, "case"), {"offre": faitage.reference, "critere": "3", "valeur": "6"}
    )
    assert refus.status_code == 403


def test_un_evaluateur_ne_voit_pas_les_autres_avant_d_avoir_fini(chez, scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.noter(scene.nommer("helene"), faitage, "3", 7)
    scene.nommer("yvette")

    assert "Finissez d" in chez("yvette").get(adresse(scene, "comparaison")).content.decode()
    assert chez("yvette").get(adresse(scene, "export", "csv")).status_code == 403


def test_les_moyennes_se_retiennent_d_un_coup(chez, scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    for qui, valeur in (("helene", 7), ("bernard", 8)):
        scene.noter(scene.nommer(qui), faitage, "3", valeur)

    chez("martine").post(adresse(scene, "comparaison"))

    assert scene.analyse().offres[0].retenues["3"].valeur == Decimal("7.50")


def test_le_rapport_valide_ne_change_plus(chez, scene):
    faitage, _ = notee(scene)
    chez("martine").post(
        adresse(scene, "rapport"), {"proposition": "Retenir l'Atelier du Faîtage."}
    )

    octets = b"".join(
        chez("martine").get(adresse(scene, "rapport_fichier", "odt")).streaming_content
    )

    assert "Atelier du Faîtage" in zipfile.ZipFile(io.BytesIO(octets)).read("content.xml").decode()
    assert chez("martine").get(adresse(scene, "rapport_fichier", "pdf")).status_code == 200
    refus = chez("martine").post(
        adresse(scene, "retenir", faitage.reference), {"n-3": "2", "m-3": "Non."}
    )
    assert "validé" in refus.content.decode()


@pytest.mark.moteurs
def test_le_rapport_rouvert_se_motive_et_laisse_reprendre(chez, scene):
    notee(scene)
    chez("martine").post(
        adresse(scene, "rapport"), {"proposition": "Retenir l'Atelier du Faîtage."}
    )

    assert chez("martine").post(adresse(scene, "rapport"), {"motif": ""}).status_code == 422
    chez("martine").post(adresse(scene, "rapport"), {"motif": "Une note était mal lue."})

    assert RapportDAnalyse.objects.get().rouvert_le == ANALYSE_LE
    assert scene.analyse().rapport is None


def test_une_formule_dans_un_commentaire_ne_s_execute_pas_dans_le_tableur(chez, scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.noter(
        scene.nommer("helene"), faitage, "3", 7, commentaire='=HYPERLINK("http://ailleurs")'
    )

    csv = chez("martine").get(adresse(scene, "export", "csv")).content.decode()

    assert "'=HYPERLINK" in csv


def test_un_montant_vide_se_dit(chez, scene):
    faitage, _ = scene.inscrire()

    reponse = chez("martine").post(
        adresse(scene, "offre", faitage.reference), {"montant": "", "provenance": "acte"}
    )

    assert reponse.status_code == 422
    assert "Écrivez le montant" in reponse.content.decode()


def test_le_bordereau_de_l_offre_se_lit(chez, scene):
    faitage, _ = scene.inscrire()

    reponse = chez("martine").get(adresse(scene, "prix", faitage.reference))

    assert reponse.status_code == 200
    assert "ne se lit pas" in reponse.content.decode()


def test_un_total_en_milliemes_d_un_tableur_se_dit_au_centime(chez, scene, monkeypatch):
    faitage, _ = scene.inscrire()
    lus = SimpleNamespace(
        refus="", recu=True, constats=[], total_ecrit=Decimal("41250.33333"), comparaison=None
    )
    monkeypatch.setattr(
        "beffroi.choix.analyse.ecrans_des_offres.prix",
        lambda *_, **__: {"tableaux": [faitage], "lus": lus},
    )

    contenu = chez("martine").get(adresse(scene, "prix", faitage.reference)).content.decode()

    assert "41\N{NO-BREAK SPACE}250,33\N{NO-BREAK SPACE}€" in contenu


@pytest.mark.parametrize("page", ["grille", "classement"])
def test_la_courbe_se_dessine_d_un_prix_au_centime(chez, scene, page):
    scene.arreter()
    faitage, zingueurs = scene.inscrire()
    scene.montant(faitage, "79999.99")
    scene.montant(zingueurs, 100_000)

    contenu = chez("martine").get(adresse(scene, page)).content.decode()

    assert ">63\N{NO-BREAK SPACE}999\N{NO-BREAK SPACE}€</text>" in contenu
    assert ">130\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€</text>" in contenu


def test_chaque_etape_mene_a_la_page_ou_elle_se_fait(chez, scene):
    notee(scene)

    contenu = chez("martine").get(adresse(scene, "lot")).content.decode()

    for page in ("grille", "evaluateurs", "notes", "comparaison", "rapport"):
        assert contenu.count(f'href="{adresse(scene, page)}"') == 2
    assert 'aria-current="page">Offres</a>' in contenu


@pytest.mark.parametrize("page", ["lot", "grille", "notes", "comparaison", "classement", "rapport"])
def test_chaque_page_s_ouvre_a_qui_lit(chez, scene, page):
    notee(scene)

    assert chez("yvette").get(adresse(scene, page)).status_code == 200


@pytest.mark.parametrize("page", ["notes", "comparaison", "classement", "rapport"])
def test_rien_ne_se_voit_d_une_autre_commune(chez, scene, page):
    notee(scene)

    assert chez("sophie").get(adresse(scene, page)).status_code == 404


@pytest.mark.moteurs
def test_soixante_offres_et_douze_cases_se_lisent_en_autant_de_requetes_que_deux(chez, scene):
    notee(scene)
    scene.nommer("helene")
    compter = lambda page: _requetes(chez("martine"), adresse(scene, page))  # noqa: E731
    compter("lot")
    avant = {page: compter(page) for page in ("lot", "comparaison", "classement")}
    faitage = scene.offres[0]
    for rang in range(58):
        offre = services.inscrire_une_variante(
            consultation=scene.consultation,
            pli=faitage.pli,
            lot=None,
            intitule=f"Variante {rang}",
            par=scene.personne("martine"),
            maintenant=ANALYSE_LE,
        )
        scene.montant(offre, 50_000 + rang)

    assert {page: compter(page) for page in avant} == avant


def _requetes(client, adresse: str) -> int:
    with CaptureQueriesContext(connection) as captees:
        client.get(adresse)
    return len(captees)


def test_avant_la_cloture_de_la_seance_seule_la_grille_se_prepare(chez, scene):
    scene.commune.consultation.seances.update(etat="ouverte")

    assert chez("martine").get(adresse(scene, "grille")).status_code == 200
    assert "ne sont pas ouvertes" in chez("martine").get(adresse(scene, "lot")).content.decode()
    for page in ("notes", "comparaison", "classement", "rapport"):
        assert chez("martine").get(adresse(scene, page)).status_code == 404


def test_la_question_a_une_offre_basse_est_un_brouillon_des_echanges(chez, scene, monkeypatch):
    from beffroi.choix.analyse.rules import anormalement_basses

    faitage, _ = notee(scene)
    soupcon = anormalement_basses.Soupcon(faitage.reference, Decimal(80_000), ())
    monkeypatch.setattr(anormalement_basses, "soupcons", lambda *a, **o: (soupcon,))

    reponse = chez("martine").post(adresse(scene, "question"), {"offre": faitage.reference})

    assert "/courriers/" in reponse.headers["Location"] or reponse.status_code == 302


def test_une_grille_sans_poids_ne_classe_pas_par_points(scene):
    from dataclasses import replace

    sans = tuple(replace(c, poids=None, sous_criteres=()) for c in CRITERES)
    scene.arreter(
        services.ChoixDeGrille(echelle=Decimal(10), formule="proportionnelle", recopies=sans)
    )
    scene.inscrire()

    assert [o.rang for o in scene.classement()] == [None, None]
