"""Un tableur d'effectifs, ou de populations : relu sans rien écrire, puis entier, une fois."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.centre.adherents import queries, services
from beffroi.centre.adherents.models import Adherent, Effectif, ImportDEffectifs
from beffroi.centre.adherents.services.imports_effectifs import (
    apercu,
    deposer_des_effectifs,
    importer_des_effectifs,
)
from beffroi.centre.adherents.tests.gestes import (
    AUDINCTHUN,
    BOMY,
    CCAS_DE_BOMY,
    adherent,
    declarer,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.relecture_des_lignes import fautes_des_lignes

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
JANVIER = datetime(2027, 1, 4, 9, tzinfo=UTC)
UN = f"siren;agents;date\n{BOMY};12;01/01/2027\n"


@pytest.fixture
def nadege() -> Utilisateur:
    return avec_second_facteur(personne("Nadège Colpaert"))


def deposer(texte: str | bytes, par: Utilisateur, sorte: str = "effectifs") -> ImportDEffectifs:
    octets = texte.encode() if isinstance(texte, str) else texte
    return deposer_des_effectifs(
        sorte=sorte, nom="nombres.csv", octets=octets, par=par, maintenant=JANVIER
    )


def importer(depose: ImportDEffectifs, par: Utilisateur) -> ImportDEffectifs:
    prevu = apercu(depose, le=JANVIER.date())
    return importer_des_effectifs(
        depose=depose, empreinte=prevu.empreinte, par=par, maintenant=JANVIER
    )


def fautes(texte: str, par: Utilisateur, sorte: str = "effectifs") -> list[tuple[int, str]]:
    prevu = apercu(deposer(texte, par, sorte), le=JANVIER.date())
    return [(erreur.numero, erreur.phrase) for erreur in prevu.erreurs]


@pytest.mark.parametrize(
    "octets",
    [
        UN.encode(),
        UN.replace(";", ",").encode(),
        UN.encode("utf-16"),
        b"\xef\xbb\xbf" + UN.encode(),
        "N° SIREN;Effectif;Millésime\r\n216 201 558;12;2027-01-01\r\n".encode("cp1252"),
        f"siren;agents;date;annee\n{BOMY};12;31/12/2026;2027\n".encode("cp1252"),
    ],
)
def test_un_tableur_se_lit_comme_les_tableurs_l_ecrivent(nadege, octets):
    adherent()

    importer(deposer(octets, nadege), nadege)

    effectif = Effectif.objects.get()
    assert (effectif.annee, effectif.agents, effectif.importe_de_id is None) == (2027, 12, False)


def test_relire_n_ecrit_rien_et_confirmer_deux_fois_n_inscrit_qu_une(nadege):
    adherent()
    depose = deposer(UN, nadege)
    assert not Effectif.objects.exists()

    importer(depose, nadege)
    empreinte = "autre chose"
    importer_des_effectifs(depose=depose, empreinte=empreinte, par=nadege, maintenant=JANVIER)

    assert Effectif.objects.count() == 1
    assert Ecriture.objects.filter(acte="adherents.importer_des_effectifs").count() == 1
    assert list(fautes_des_lignes()) == []


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("216201559;12;01/01/2027", "un chiffre est faux"),
        ("2,16E+08;12;01/01/2027", "Le tableur a abîmé ce SIREN"),
        (";12;01/01/2027", "Il manque le SIREN."),
        (f"{AUDINCTHUN};12;01/01/2027", "Aucun adhérent n'a ce SIREN"),
        (f"{BOMY};environ 12;01/01/2027", "Écrivez seulement un nombre"),
        (f"{BOMY};-3;01/01/2027", "ne peut pas être négatif"),
        (f"{BOMY};12,5;01/01/2027", "nombre entier d'agents"),
        (f"{BOMY};;01/01/2027", "Écrivez le nombre d'agents"),
        (f"{BOMY};12;", "Il manque la date"),
        (f"{BOMY};12;32/01/2027", "n'est pas une date"),
        (f"{BOMY};12;05/01/2027", "Cette date est à venir"),
        (f"{BOMY};12;01/01/1999", "L'année va de 2000"),
        (f"{BOMY};12;01/01/2027;surplus", "plus de cellules"),
    ],
)
def test_une_ligne_refusee_dit_comment_la_corriger_et_rien_ne_s_importe(nadege, ligne, phrase):
    adherent()
    depose = deposer(f"siren;agents;date\n{ligne}\n", nadege)

    assert any(phrase in dite for _, dite in fautes(f"siren;agents;date\n{ligne}\n", nadege))
    with pytest.raises(RegleEnfreinte, match="lignes refusées"):
        importer(depose, nadege)
    assert not Effectif.objects.exists()


def test_trois_fautes_d_un_fichier_de_windows_sont_dites_chacune_a_sa_ligne(nadege):
    adherent()
    texte = (
        f"SIREN;Agents;Date;Commune\n{BOMY};dix;01/01/2027;Bomy\n"
        f"123;4;01/01/2027;Élu\n{BOMY};12;janvier;Bomy\n"
    )
    prevu = apercu(deposer(texte.encode("cp1252"), nadege), le=JANVIER.date())

    assert [erreur.numero for erreur in prevu.erreurs] == [2, 3, 4]
    assert (prevu.lues, prevu.refusees) == (3, 3)


def test_un_siren_sur_deux_lignes_est_refuse_deux_fois(nadege):
    adherent()

    assert [numero for numero, _ in fautes(UN + f"{BOMY};13;01/01/2027\n", nadege)] == [2, 3]


def test_ce_qui_differe_de_la_declaration_se_dit_et_l_ancien_reste_ecrit(nadege):
    bomy = adherent()
    declarer(bomy, 11, annee=2025)
    texte = f"siren;agents;date\n{BOMY};12;01/01/2025\n"
    depose = deposer(texte, nadege)
    (differente,) = apercu(depose, le=JANVIER.date()).differentes
    assert (differente.avant, differente.nombre) == (11, 12)

    importer(depose, nadege)

    assert queries.effectif_retenu(bomy, 2025).agents == 12
    assert Effectif.objects.exclude(remplace_le=None).get().agents == 11
    assert queries.effectif_retenu(bomy, 2025).origine == "importe"


def test_ce_qui_est_deja_connu_ne_change_rien(nadege):
    adherent()
    importer(deposer(UN, nadege), nadege)

    with pytest.raises(RegleEnfreinte, match="déjà connu"):
        importer(deposer(UN, nadege), nadege)


def test_une_declaration_depuis_l_apercu_fait_relire(nadege):
    bomy = adherent()
    depose = deposer(f"siren;agents;date\n{BOMY};12;01/01/2025\n", nadege)
    relue = apercu(depose, le=JANVIER.date()).empreinte
    declarer(bomy, 400, annee=2025)

    with pytest.raises(ConflitEtat, match="a changé depuis votre aperçu"):
        importer_des_effectifs(depose=depose, empreinte=relue, par=nadege, maintenant=JANVIER)
    assert queries.effectif_retenu(bomy, 2025).agents == 400


def test_un_effectif_fige_par_un_appel_ne_s_importe_plus(nadege):
    declarer(adherent(), 11, annee=2025).__class__.objects.update(fige_le=LUNDI)

    ((_, phrase),) = fautes(f"siren;agents;date\n{BOMY};12;01/01/2025\n", nadege)
    assert "il est figé" in phrase


def test_l_effectif_d_un_adherent_repris_se_met_chez_son_successeur(nadege):
    ancien, nouveau = adherent(), adherent(AUDINCTHUN, "Commune d'Audincthun")
    services.faire_succeder(
        adherent=ancien,
        successeur=nouveau,
        le=date(2026, 1, 1),
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    ((_, phrase),) = fautes(UN, nadege)
    assert phrase.startswith("Repris par Commune d'Audincthun")


# ---------------------------------------------------------------- les populations


def test_un_fichier_de_populations_prend_les_communes_connues_et_laisse_les_autres(nadege):
    adherent(code_commune="62153")
    texte = "CODGEO;PMUN;Année;Source\n62153;1 431;2027;INSEE\n62999;900;2027;INSEE\n"
    depose = deposer(texte.encode("cp1252"), nadege, "populations")
    assert apercu(depose, le=JANVIER.date()).ailleurs == 1

    importer(depose, nadege)

    bomy = Adherent.objects.get()
    assert (bomy.habitants, bomy.habitants_au, bomy.source_des_habitants) == (
        1431,
        date(2027, 1, 1),
        "INSEE",
    )
    assert not Effectif.objects.exists()


def test_le_code_d_une_commune_reprise_est_celui_de_son_successeur(nadege):
    ancien = adherent(code_commune="62153")
    nouveau = adherent(AUDINCTHUN, "Commune d'Audincthun", code_commune="62153")
    dit = {"le": date(2026, 1, 1), "par": PLATEFORME, "maintenant": LUNDI}
    services.faire_succeder(adherent=ancien, successeur=nouveau, **dit)
    texte = "code_commune;habitants;annee;source\n62153;431;2027;INSEE\n"
    importer(deposer(texte, nadege, "populations"), nadege)

    habitants = dict(Adherent.objects.values_list("siren", "habitants"))
    assert habitants == {BOMY: None, AUDINCTHUN: 431}


def test_sans_source_le_nom_du_tableur_la_dit(nadege):
    adherent()
    texte = f"siren;habitants;date\n{BOMY};431;01/01/2027\n"
    importer(deposer(texte, nadege, "populations"), nadege)

    assert Adherent.objects.get().source_des_habitants == "tableur nombres.csv"


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        (f"{BOMY};beaucoup;01/01/2027", "n'est pas un nombre d'habitants"),
        (f"{BOMY};431;01/01/2028", "Cette date est à venir"),
        (f"{BOMY};431;", "Il manque la date"),
        (f"{CCAS_DE_BOMY};431;01/01/2027", "n'est pas une commune"),
    ],
)
def test_une_population_refusee_dit_pourquoi(nadege, ligne, phrase):
    adherent()
    adherent(CCAS_DE_BOMY, "CCAS de Bomy", "ccas")

    ((_, dite),) = fautes(f"siren;habitants;date\n{ligne}\n", nadege, "populations")
    assert phrase in dite


def test_une_population_plus_ancienne_ne_remplace_pas_la_derniere(nadege):
    adherent()
    texte = "siren;habitants;date\n{};431;01/01/{}\n"
    importer(deposer(texte.format(BOMY, 2027), nadege, "populations"), nadege)

    ((_, dite),) = fautes(texte.format(BOMY, 2024), nadege, "populations")
    assert "plus récente" in dite


# ---------------------------------------------------------------- les écrans


@pytest.fixture
def client(nadege) -> Client:
    centre = creer_organisme(
        nom="Centre de gestion",
        siret="28620001900012",
        role="exploitant",
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    habiliter(
        organisme=centre,
        utilisateur=nadege,
        roles=["gestionnaire"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    return connecter(Client(), nadege)


def test_des_ecrans_on_depose_on_relit_et_on_confirme(client, monkeypatch):
    monkeypatch.setattr(
        "beffroi.centre.adherents.views.imports_effectifs.maintenant", lambda: JANVIER
    )
    adherent()
    adresse = "/cdg/adherents/nombres/effectifs/"
    assert client.get(adresse).status_code == 200
    fichier = SimpleUploadedFile("effectifs.csv", UN.encode("cp1252"))
    depot = client.post(adresse, {"tableau": fichier})
    page = client.get(depot.url)

    fait = client.post(depot.url, {"empreinte": page.context["plan"].empreinte}, follow=True)

    assert "Ce tableur est importé" in fait.content.decode()
    assert Effectif.objects.get().agents == 12
    assert "Tableur importé" in client.get(f"/cdg/adherents/{BOMY}/").content.decode()
    assert client.get(f"{adresse}modele.csv").status_code == 200
