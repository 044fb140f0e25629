"""Un tableau : ce qu'il se lit, ce qu'il refuse, et rien d'à moitié."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum import luhn

from beffroi.centre.adherents import lecture, services
from beffroi.centre.adherents.models import Adherent, ImportDAdherents
from beffroi.centre.adherents.services.imports import apercu, appliquer, deposer_un_tableau
from beffroi.centre.adherents.tests.gestes import AUDINCTHUN, BOMY, CCAS_DE_BOMY, adherent
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

pytestmark = pytest.mark.django_db
UNE = "siren;nom;nature\n216201558;Commune de Bomy;commune\n"


@pytest.fixture
def nadege() -> Utilisateur:
    return avec_second_facteur(personne("Nadège Colpaert"))


def deposer(tableau: str | bytes, par: Utilisateur) -> ImportDAdherents:
    octets = tableau.encode() if isinstance(tableau, str) else tableau
    return deposer_un_tableau(nom="adhérents.csv", octets=octets, par=par, maintenant=LUNDI)


def confirmer(depose: ImportDAdherents, par: Utilisateur) -> ImportDAdherents:
    return appliquer(depose=depose, empreinte=apercu(depose).empreinte, par=par, maintenant=LUNDI)


def siren(rang: int) -> str:
    base = f"999{rang:05d}"
    return base + luhn.calc_check_digit(base)


@pytest.mark.parametrize(
    "octets",
    [
        UNE.encode(),
        UNE.replace(";", ",").encode(),
        UNE.replace(";", "\t").encode(),
        b"\xef\xbb\xbf" + UNE.encode(),
        UNE.replace("\n", "\r\n").encode("cp1252"),
        UNE.encode("utf-16"),
        b"sep=;\r\n" + UNE.encode(),
        "N° SIREN;Dénomination;Catégorie\n216 201 558;Commune de Bomy;Mairie\n".encode("cp1252"),
        b"\n\n" + UNE.encode() + b";;\n\n",
    ],
)
def test_un_tableau_se_lit_comme_le_tableur_l_enregistre(octets):
    (ligne,) = lecture.lire(octets.removeprefix(b"\n\n")).lignes

    assert ligne.valeurs == {"siren": BOMY, "nom": "Commune de Bomy", "nature": "commune"}
    assert not ligne.erreurs


def test_les_accents_de_windows_restent():
    tableau = lecture.lire(
        "siren;nom;nature\n216201558;Béthune;Caisse des écoles\n".encode("latin-1")
    )

    assert tableau.lignes[0].valeurs["nom"] == "Béthune"
    assert tableau.lignes[0].valeurs["nature"] == "caisse_des_ecoles"


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "est vide"),
        (b"PK\x03\x04", "est un classeur"),
        (b"nom;nature\nBomy;commune\n", "l'une d'elles « siren »"),
        (b"siren;SIREN\n1;2\n", "Deux colonnes veulent dire"),
        (b"siren\n" + b"\0" * 8, "n'est pas un texte"),
        (b"siren\n" + b"1\n" * 5_001, "La limite est de 5000"),
        (b"siren\n" + b"1" * 2_000_001, "plus de 2 Mo"),
    ],
)
def test_ce_qui_n_est_pas_un_tableau_se_dit_d_une_phrase(octets, dit):
    with pytest.raises(lecture.TableauIllisible, match=dit):
        lecture.lire(octets)


def test_l_apercu_n_ecrit_rien_et_l_import_inscrit_et_corrige(nadege):
    adherent(AUDINCTHUN, "Audincthun")
    depose = deposer(f"{UNE}{AUDINCTHUN};Commune d'Audincthun;commune\n", nadege)

    prevu = apercu(depose)
    assert (len(prevu.crees), [entree.champs for entree in prevu.changes]) == (1, [("nom",)])
    assert Adherent.objects.count() == 1
    confirmer(depose, nadege)

    assert sorted(Adherent.objects.values_list("nom", flat=True)) == [
        "Commune d'Audincthun",
        "Commune de Bomy",
    ]
    assert list(fautes_des_lignes()) == []


def test_une_cellule_vide_ne_change_rien(nadege):
    adherent(ville="Bomy")
    depose = deposer("siren;nom;ville\n216201558;;\n", nadege)

    assert (apercu(depose).inchanges, apercu(depose).est_applicable) == (1, False)


def test_un_ccas_se_rattache_a_une_commune_du_meme_tableau(nadege):
    confirmer(
        deposer(
            f"siren,nom,nature,rattache_a\n{CCAS_DE_BOMY},CCAS,CCAS,{BOMY}\n{BOMY},Bomy,commune,\n",
            nadege,
        ),
        nadege,
    )

    assert Adherent.objects.get(siren=CCAS_DE_BOMY).rattache_a.siren == BOMY


@pytest.mark.parametrize(
    ("ligne", "dit"),
    [
        ("216201559;X;commune;;;;", "Ce SIREN n'existe pas"),
        (";X;commune;;;;", "Il manque le SIREN"),
        ("216201558;;commune;;;;", "Il manque le nom"),
        ("216201558;X;;;;;", "Il manque la nature"),
        ("216201558;X;royaume;;;;", "n'est pas une nature connue"),
        ("216201558;X;commune;21620053500013;;;", "devrait commencer par"),
        ("216201558;X;commune;2,16202E+13;;;", "Le tableur a abîmé ce siret"),
        ("216201558;X;commune;;629;;", "cinq chiffres"),
        ("216201558;X;commune;;;mairie;", "n'est pas une adresse électronique"),
        ("216201558;X;ccas;;;;216200535", "ni à l'annuaire ni dans ce tableau"),
        (f"216201558;{'x' * 201};commune;;;;", "trop longue"),
        ("216201558;X;commune;;;;;trop", "plus de cellules que la première"),
    ],
)
def test_une_ligne_fausse_se_dit_avec_son_numero(nadege, ligne, dit):
    depose = deposer(f"siren;nom;nature;siret;code_postal;courriel;rattache_a\n{ligne}\n", nadege)

    erreur = apercu(depose).erreurs[0]
    assert erreur.numero == 2
    assert dit in " ".join(erreur.phrase for erreur in apercu(depose).erreurs)


def test_un_siren_deux_fois_dans_le_tableau_se_dit_aux_deux_lignes(nadege):
    depose = deposer(f"{UNE}216 201 558;Bomy;commune\n", nadege)

    assert [erreur.numero for erreur in apercu(depose).erreurs] == [2, 3]


def test_un_siret_deja_porte_se_dit(nadege):
    adherent(siret="21620155800014")
    autre = "siren;nom;nature;siret\n216201558;Bomy;commune;21620155800022\n"

    assert apercu(deposer(autre, nadege)).est_applicable
    services.activer(
        adherent=Adherent.objects.get(),
        administrateur=services.Administrateur("m@bomy.example", "M"),
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    assert "ne change plus" in apercu(deposer(autre, nadege)).erreurs[0].phrase


def test_deux_mille_lignes_dont_trente_fausses_n_importent_rien(nadege):
    lignes = [f"{siren(rang)};Commune {rang};commune" for rang in range(2_000)]
    for rang in range(0, 1_500, 50):
        lignes[rang] = f"{siren(rang)};;commune"
    faux = deposer("siren;nom;nature\n" + "\n".join(lignes), nadege)

    prevu = apercu(faux)
    assert (len(prevu.crees), len(prevu.erreurs), prevu.erreurs[0].numero) == (1_970, 30, 2)
    with pytest.raises(RegleEnfreinte, match="rien n'est importé"):
        confirmer(faux, nadege)
    assert not Adherent.objects.exists()


def test_deux_mille_lignes_justes_entrent_d_un_coup_sous_une_seule_ecriture(nadege):
    avant = Ecriture.objects.count()
    depose = deposer(
        "siren;nom;nature\n" + "\n".join(f"{siren(r)};C {r};commune" for r in range(2_000)), nadege
    )

    confirmer(depose, nadege)

    assert Adherent.objects.count() == 2_000
    assert Ecriture.objects.count() == avant + 2
    assert Ecriture.objects.filter(acte="adherents.importer").count() == 1


def test_confirmer_deux_fois_n_importe_qu_une_fois(nadege):
    depose = deposer(UNE, nadege)
    empreinte = apercu(depose).empreinte
    premier = appliquer(depose=depose, empreinte=empreinte, par=nadege, maintenant=LUNDI)

    second = appliquer(depose=depose, empreinte=empreinte, par=nadege, maintenant=LUNDI)

    assert (second.applique_le, second.crees) == (premier.applique_le, 1)
    assert Ecriture.objects.filter(acte="adherents.importer").count() == 1


def test_un_annuaire_qui_change_apres_l_apercu_fait_relire(nadege):
    depose = deposer(UNE, nadege)
    vu = apercu(depose).empreinte
    adherent(nom="Bomy")

    with pytest.raises(ConflitEtat, match="a changé depuis votre aperçu"):
        appliquer(depose=depose, empreinte=vu, par=nadege, maintenant=LUNDI)


def test_l_ecran_mene_du_depot_a_la_confirmation(client, nadege):
    centre = creer_organisme(
        nom="C", siret="28620001900011", role="exploitant", par=PLATEFORME, maintenant=LUNDI
    )
    habiliter(
        organisme=centre,
        utilisateur=nadege,
        roles=["gestionnaire"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    connecter(client, nadege)

    recu = client.post(
        "/cdg/adherents/importer/", {"tableau": SimpleUploadedFile("a.csv", UNE.encode())}
    )
    vu = client.get(recu.url)
    assert "Confirmer l’import" in vu.content.decode() and not Adherent.objects.exists()
    client.post(recu.url, {"empreinte": vu.context["plan"].empreinte})

    assert Adherent.objects.get().nom == "Commune de Bomy"
    assert "Ce tableau est appliqué" in client.get(recu.url).content.decode()


def test_l_ecran_refuse_un_classeur_et_un_tableau_faux(client, nadege):
    centre = creer_organisme(
        nom="C", siret="28620001900011", role="exploitant", par=PLATEFORME, maintenant=LUNDI
    )
    habiliter(
        organisme=centre,
        utilisateur=nadege,
        roles=["gestionnaire"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    connecter(client, nadege)

    classeur = client.post(
        "/cdg/adherents/importer/", {"tableau": SimpleUploadedFile("a.csv", b"PK\x03\x04")}
    )
    faux = client.get(
        client.post(
            "/cdg/adherents/importer/",
            {"tableau": SimpleUploadedFile("a.csv", b"siren;nom\n1;X\n")},
        ).url
    )

    assert classeur.status_code == 422 and "est un classeur" in classeur.content.decode()
    assert (
        "Un SIREN a 9 chiffres" in faux.content.decode()
        and "Confirmer" not in faux.content.decode()
    )


def test_l_export_se_reimporte_sans_rien_changer(client, nadege):
    centre = creer_organisme(
        nom="C", siret="28620001900011", role="exploitant", par=PLATEFORME, maintenant=LUNDI
    )
    habiliter(
        organisme=centre,
        utilisateur=nadege,
        roles=["gestionnaire"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    bomy = adherent(nom='=1+1 "Bomy"; et autres', telephone="+33321000000")
    adherent(CCAS_DE_BOMY, "CCAS", "ccas", rattache_a=bomy)
    connecter(client, nadege)

    export = b"".join(client.get("/cdg/adherents/export.csv").streaming_content)
    prevu = apercu(deposer(export, nadege))

    assert (prevu.inchanges, len(prevu.crees), len(prevu.changes), list(prevu.erreurs)) == (
        2,
        0,
        0,
        [],
    )
