"""Ce que la comptable, le centre et l'adhérent voient et font, par les écrans seuls."""

import io
from datetime import date

import odfdo
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.tests.gestes import JANVIER
from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.models import Paiement, TitreDeRecette
from beffroi.centre.recettes.tests.gestes import (
    EN_MARS,
    LE_15_MARS,
    appelee,
    paiement,
    recue,
    titre,
)
from beffroi.centre.recettes.tests.test_imports import AVION, PAIEMENTS, TITRES
from beffroi.personnes.comptes.tests.personnes import connecter, personne

pytestmark = pytest.mark.django_db
CENTRE = "/cdg/recettes"


@pytest.fixture(autouse=True)
def _en_mars(monkeypatch):
    for module in ("suivi", "titres", "paiements", "imports", "comptes", "acces"):
        monkeypatch.setattr(f"beffroi.centre.recettes.views.{module}.maintenant", lambda: EN_MARS)


@pytest.fixture
def comptable(solange):
    return connecter(Client(), solange)


def lu(client, adresse, statut=200):
    reponse = client.get(adresse)
    assert reponse.status_code == statut, reponse.content.decode()[:400]
    return texte(reponse)


def texte(reponse):
    nu = (
        reponse.content.decode()
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
    )
    return " ".join(nu.split())


def fichier(contenu):
    return {"fichier": SimpleUploadedFile("export.csv", contenu.encode(), "text/csv")}


def siren(nom="Ville de Béthune"):
    return appelee(nom).adherent.siren


def test_sans_appel_emis_la_balance_dit_ou_commencer(comptable):
    assert "Aucun appel n’est émis" in lu(comptable, f"{CENTRE}/")


def test_importer_des_titres_puis_des_paiements_par_les_ecrans(comptable, emis):
    for sorte, contenu in (("titres", TITRES), ("paiements", PAIEMENTS)):
        page = comptable.post(f"{CENTRE}/importer/{sorte}/", fichier(contenu))
        apercu = comptable.get(page.url)
        comptable.post(page.url, {"empreinte": apercu.context["plan"].empreinte})

    balance = lu(comptable, f"{CENTRE}/?voir=tous")
    assert "1 paiement sans titre connu" in balance
    assert "600,00 €" in balance and "Soldé" in balance


def test_un_fichier_faux_dit_ses_lignes_et_ne_propose_pas_de_confirmer(comptable, emis):
    page = comptable.post(
        f"{CENTRE}/importer/titres/", fichier(TITRES + f"{AVION};2027;120;hier;5\n")
    )

    apercu = lu(comptable, page.url)

    assert "« hier » n’est pas une date" in apercu
    assert "Confirmer l’import" not in apercu
    refuse = comptable.post(page.url, {"empreinte": ""})
    assert (refuse.status_code, TitreDeRecette.objects.count()) == (422, 0)


def test_le_meme_fichier_se_refuse_en_une_phrase_sur_l_ecran(comptable, emis):
    page = comptable.post(f"{CENTRE}/importer/titres/", fichier(TITRES))
    comptable.post(page.url, {"empreinte": comptable.get(page.url).context["plan"].empreinte})

    encore = comptable.post(f"{CENTRE}/importer/titres/", fichier(TITRES))

    assert (encore.status_code, "Ce fichier est déjà importé" in texte(encore)) == (422, True)


def test_noter_a_la_main_le_titre_et_le_paiement_d_un_appel_recu(comptable, emis, solange):
    appel = appelee()
    recue(date(2027, 1, 11), par=solange)
    note = {"exercice": "2027", "numero": "118", "emis_le": "2027-01-20", "montant": "1 000,00"}
    comptable.post(f"{CENTRE}/appels/{appel.reference}/titre/", note)
    du = TitreDeRecette.objects.get()
    recu = {"numero": "VIR-1", "recu_le": "2027-02-10", "montant": "400,00"}
    comptable.post(f"{CENTRE}/titres/{du.reference}/encaisser/", recu)

    compte = lu(comptable, f"{CENTRE}/adherents/{siren()}/")

    assert "10/02/2027 ; appel reçu le 11/01/2027" in compte
    assert "En retard de 33 jours" in compte
    assert lecture.reste_du(appelee(), le=LE_15_MARS) == 600


def test_un_paiement_trop_grand_revient_au_formulaire_avec_sa_raison(comptable, emis, solange):
    du = titre(solange)

    reponse = comptable.post(
        f"{CENTRE}/titres/{du.reference}/encaisser/",
        {"numero": "V", "recu_le": "2027-02-10", "montant": "1000,01"},
    )

    assert (reponse.status_code, "il ne reste que 1 000 €" in texte(reponse)) == (422, True)
    assert 'value="1000,01"' in texte(reponse)


def test_contre_passer_par_l_ecran_rend_la_somme_due(comptable, emis, solange):
    note = paiement(solange, titre(solange), "400")

    comptable.post(
        f"{CENTRE}/paiements/{note.reference}/contre-passer/",
        {"le": "2027-03-01", "motif": "Doublon"},
    )

    assert "Ce paiement est contre-passé" in lu(comptable, f"{CENTRE}/paiements/{note.reference}/")
    assert lecture.reste_du(appelee(), le=LE_15_MARS) == 1000


def test_annuler_un_titre_par_l_ecran_laisse_en_noter_un_autre(comptable, emis, solange):
    du = titre(solange)

    comptable.post(
        f"{CENTRE}/titres/{du.reference}/annuler/", {"le": "2027-03-01", "motif": "Mauvais tiers"}
    )

    compte = lu(comptable, f"{CENTRE}/adherents/{siren()}/")
    assert "Titre annulé" in compte and "Noter le titre" in compte


def test_un_paiement_a_rapprocher_propose_le_titre_qu_il_solderait(comptable, emis, solange):
    titre(solange), titre(solange, nom="Ville d'Avion", numero=119)
    seul = Paiement.objects.create(
        numero="X1",
        recu_le=LE_15_MARS,
        montant=500,
        note_par=solange,
        note_le=EN_MARS,
        libelle="VILLE D'AVION",
    )
    page = lu(comptable, f"{CENTRE}/paiements/{seul.reference}/")
    assert 'value="2027-119"' in page and 'value="2027-118"' not in page

    comptable.post(f"{CENTRE}/paiements/{seul.reference}/", {"titre": "C-2027-0002"})

    assert lecture.reste_du(appelee("Ville d'Avion"), le=LE_15_MARS) == 0


@pytest.mark.parametrize("saisi", ["", "2027-999", "n'importe quoi"])
def test_un_titre_introuvable_se_dit_au_formulaire(comptable, emis, solange, saisi):
    seul = Paiement.objects.create(
        numero="X1", recu_le=LE_15_MARS, montant=5, note_par=solange, note_le=EN_MARS
    )

    assert (
        comptable.post(f"{CENTRE}/paiements/{seul.reference}/", {"titre": saisi}).status_code == 422
    )


@pytest.mark.parametrize(
    ("requete", "montres"),
    [("", 2), ("?voir=a_rapprocher", 1), ("?texte=béthune", 1), ("?texte=x1", 1)],
)
def test_les_paiements_se_filtrent(comptable, emis, solange, requete, montres):
    paiement(solange, titre(solange), "1")
    Paiement.objects.create(
        numero="X1", recu_le=LE_15_MARS, montant=5, note_par=solange, note_le=EN_MARS
    )

    assert len(comptable.get(f"{CENTRE}/paiements/{requete}").context["pages"]) == montres


def test_le_releve_s_ouvre_dans_un_tableur_au_centime(comptable, emis, solange):
    paiement(solange, titre(solange), "400.01")

    octets = comptable.get(f"{CENTRE}/adherents/{siren()}/releve.ods").content
    feuille = odfdo.Document(io.BytesIO(octets)).body.get_table(0)
    en_csv = comptable.get(f"{CENTRE}/adherents/{siren()}/releve.csv").content.decode("utf-8-sig")

    assert str(feuille.get_value((6, 3))) == "599.99"
    assert en_csv.splitlines()[-1] == "2027-02-10;Paiement;P503-1;Titre 2027-118;;400,01;599,99"


def test_la_balance_en_fichier_a_une_ligne_par_appel(comptable, emis):
    lignes = (
        comptable.get(f"{CENTRE}/balance.csv?annee=2027").content.decode("utf-8-sig").splitlines()
    )

    assert [ligne.split(";")[9] for ligne in lignes] == ["Reste", "500,00", "1000,00"]


def test_le_gestionnaire_lit_et_note_une_reception_mais_ne_note_pas_d_argent(emis, fanny, solange):
    client, du = connecter(Client(), fanny), titre(solange)

    compte = lu(client, f"{CENTRE}/adherents/{siren()}/")

    assert "Noter la réception" in compte and "Noter un paiement" not in compte
    assert client.get(f"{CENTRE}/titres/{du.reference}/encaisser/").status_code == 403


def test_l_adherent_lit_son_titre_ses_paiements_et_son_reste_et_un_autre_rien(emis, solange):
    scene = planter_la_scene(le=JANVIER)
    Adherent.objects.filter(siren=siren()).update(organisme=scene.organisme)
    paiement(solange, titre(solange), "400")
    client = connecter(Client(), scene.martine)

    page = lu(client, f"/adhesion/{scene.organisme.siret}/paiements/")

    assert "2027-118 du 20/01/2027" in page and "600,00 €" in page
    assert "Noter" not in page
    etrangere = connecter(Client(), personne("Une étrangère"))
    assert etrangere.get(f"/adhesion/{scene.organisme.siret}/paiements/").status_code == 404
    assert (
        etrangere.get(f"/adhesion/{scene.organisme.siret}/paiements/releve.csv").status_code == 404
    )
