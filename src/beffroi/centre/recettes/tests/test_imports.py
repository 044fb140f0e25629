"""Un fichier de titres ou de paiements :
ce qu'il se lit, ce qu'il refuse ligne à ligne, et rien d'à moitié.
"""

from decimal import Decimal

import pytest

from beffroi.centre.recettes import lecture, tableaux
from beffroi.centre.recettes.models import ImportDeRecettes, Paiement, TitreDeRecette
from beffroi.centre.recettes.services.imports import apercu, appliquer, deposer_un_fichier
from beffroi.centre.recettes.services.paiements import rapprocher
from beffroi.centre.recettes.tests.gestes import (
    EN_MARS,
    LE_15_MARS,
    appelee,
    avoir,
    paiement,
    titre,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
# Béthune est la seconde par le nom : Avion porte C-2027-0003, Bomy (rien à payer) C-2027-0001.
BETHUNE, AVION, BOMY = "C-2027-0003", "C-2027-0002", "C-2027-0001"
TITRES = (
    f"appel;exercice;titre;date;montant\n{BETHUNE};2027;118;20/01/2027;1 000,00\n"
    f"{AVION};2027;119;2027-01-20;500\n"
)
PAIEMENTS = (
    "reference,date,montant,titre,appel,libelle\n"
    'VIR-1,10/02/2027,"400,00",2027-118,,\n'
    f"VIR-2,2027-02-11,500.00,,{AVION},\n"
    "VIR-3,12/02/2027,12.5,,,Mairie inconnue\n"
)


def deposer(texte, par, sorte="paiements"):
    octets = texte if isinstance(texte, bytes) else texte.encode()
    return deposer_un_fichier(
        sorte=sorte, nom="export.csv", octets=octets, par=par, maintenant=EN_MARS
    )


def prevu(texte, par, sorte="paiements"):
    return apercu(deposer(texte, par, sorte), le=LE_15_MARS)


def importer(texte, par, sorte="paiements"):
    depose = deposer(texte, par, sorte)
    empreinte = apercu(depose, le=LE_15_MARS).empreinte
    return appliquer(depose=depose, empreinte=empreinte, par=par, maintenant=EN_MARS)


def phrases(texte, par, sorte="paiements"):
    return [(erreur.numero, erreur.phrase) for erreur in prevu(texte, par, sorte).erreurs]


def une_de_titres(**change):
    ligne = {
        "appel": BETHUNE,
        "exercice": "2027",
        "titre": "118",
        "date": "20/01/2027",
        "montant": "1000",
        **change,
    }
    return f"{';'.join(ligne)}\n{';'.join(ligne.values())}\n"


def une_de_paiements(**change):
    ligne = {"reference": "VIR-9", "date": "10/02/2027", "montant": "100", "titre": "118", **change}
    return f"{';'.join(ligne)}\n{';'.join(ligne.values())}\n"


def test_des_titres_s_importent_en_entier_et_au_journal(emis, solange):
    importe = importer(TITRES, solange, "titres")

    notes = {str(note): note.montant for note in TitreDeRecette.objects.all()}
    assert notes == {"2027-118": 1000, "2027-119": 500}
    assert (importe.inscrits, Ecriture.objects.filter(acte="recettes.importer").count()) == (2, 1)


@pytest.mark.moteurs
def test_des_paiements_se_rapprochent_par_le_titre_ou_par_l_appel_et_le_reste_attend(emis, solange):
    importer(TITRES, solange, "titres")

    importe = importer(PAIEMENTS, solange)

    restes = [
        lecture.reste_du(appelee(nom), le=LE_15_MARS)
        for nom in ("Ville de Béthune", "Ville d'Avion")
    ]
    assert restes == [600, 0]
    assert (importe.inscrits, importe.a_rapprocher) == (3, 1)
    assert Paiement.objects.get(titre=None).libelle == "Mairie inconnue"


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"appel": "C-2027-0099"}, "« C-2027-0099 » n'est le numéro d'aucun appel"),
        ({"appel": BOMY}, "aucun appel à payer"),
        ({"appel": ""}, "Il manque le numéro de l'appel"),
        ({"titre": "cent"}, "n'est pas un numéro de titre"),
        ({"titre": "0"}, "n'est pas un numéro de titre"),
        ({"date": "16/03/2027"}, "date à venir"),
        ({"date": "31/02/2027"}, "n'est pas une date"),
        ({"montant": "gratuit"}, "n'est pas une somme"),
        ({"montant": "0"}, "plus grande que zéro"),
        ({"montant": "1000,01"}, "€ seulement"),
        ({"exercice": "2025"}, "ne date pas de 2027"),
        ({"exercice": "MMXXVII"}, "n'est pas un exercice"),
    ],
)
def test_un_titre_faux_se_refuse_en_une_phrase(emis, solange, change, dit):
    ((numero, phrase),) = phrases(une_de_titres(**change), solange, "titres")

    assert (numero, dit in phrase) == (2, True), phrase


def test_un_titre_deja_note_se_refuse_et_un_appel_deja_titre_aussi(emis, solange):
    titre(solange)

    assert phrases(une_de_titres(appel=AVION, montant="500"), solange, "titres") == [
        (2, "Le titre 2027-118 est déjà noté.")
    ]
    assert (
        "a déjà le titre 2027-118" in phrases(une_de_titres(titre="120"), solange, "titres")[0][1]
    )


def test_deux_lignes_du_meme_titre_ou_du_meme_appel_se_refusent_toutes_les_deux(emis, solange):
    entete, une = une_de_titres().splitlines()

    dites = phrases(f"{entete}\n{une}\n{une}\n", solange, "titres")

    assert [numero for numero, _ in dites] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"reference": ""}, "Il manque la référence"),
        ({"reference": "R" * 61}, "trop longue"),
        ({"date": ""}, "Il manque la date"),
        ({"date": "16/03/2027"}, "date à venir"),
        ({"montant": "12,345"}, "s'arrête au centime"),
        ({"montant": "-3"}, "n'est pas une somme"),
        ({"libelle": "a;b"}, "séparateur est de trop"),
    ],
)
def test_un_paiement_faux_se_refuse_en_une_phrase(emis, solange, change, dit):
    titre(solange)

    ((numero, phrase),) = phrases(une_de_paiements(**change), solange)

    assert (numero, dit in phrase) == (2, True), phrase


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"titre": "999"}, "Aucun titre en cours ne porte le numéro 2027-999"),
        ({"titre": "118", "appel": AVION}, "n'est pas celui de l'appel que la ligne nomme"),
        ({"titre": "2026-118"}, "Aucun titre en cours ne porte le numéro 2026-118"),
        ({"titre": "T118"}, "n'est pas un numéro de titre"),
        ({"titre": "", "appel": "C-2027-0099"}, "d'aucun appel"),
        ({"titre": "", "appel": AVION}, "n'a pas encore son titre"),
        ({"titre": ""}, "ne nomme ni titre ni appel"),
    ],
)
def test_un_paiement_sans_titre_connu_est_a_rapprocher_et_dit_pourquoi(emis, solange, change, dit):
    titre(solange)

    (seul,) = prevu(une_de_paiements(**change), solange).a_rapprocher

    assert dit in seul.pourquoi


def test_un_numero_sans_exercice_est_celui_de_l_annee_du_paiement(emis, solange):
    titre(solange, exercice=2026, numero=200)

    (seul,) = prevu(une_de_paiements(titre="200", libelle="MAIRIE"), solange).a_rapprocher

    assert "2027-200" in seul.pourquoi and seul.encaissement.libelle == "titre 200 MAIRIE"
    assert str(prevu(une_de_paiements(titre="2026-200"), solange).paiements[0].titre) == "2026-200"


def test_un_mandat_parti_avant_l_avoir_s_importe_et_fait_un_trop_percu(emis, solange, olivier):
    du_titre = titre(solange)
    avoir(olivier, "400")

    importer(une_de_paiements(montant="1000"), solange, "paiements")

    reste = lecture.solde(lecture.emises().get(pk=du_titre.contribution_id), le=EN_MARS.date())
    assert (reste.reste, reste.trop_percu) == (0, 400)


def test_un_libelle_qui_cite_l_appel_suffit(emis, solange):
    titre(solange)

    (seul,) = prevu(
        une_de_paiements(titre="", libelle=f"VIR MAIRIE {BETHUNE} MERCI"), solange
    ).paiements

    assert str(seul.titre) == "2027-118"


def test_deux_paiements_du_fichier_ne_depassent_pas_ensemble_ce_que_le_titre_demande(emis, solange):
    titre(solange)

    plan = prevu(
        "reference;date;montant;titre\nA;10/02/2027;600;118\nB;10/02/2027;400,01;118\n", solange
    )

    assert [recu.numero for recu in plan.paiements] == [2]
    assert [(recu.numero, recu.est_en_trop) for recu in plan.a_rapprocher] == [(3, True)]


MELES = (
    "Référence;Date;Montant;Titre;Libellé\n"
    "V1;10/02/2027;400;118;Béthune\n"
    "V2;11/02/2027;700;118;Béthune, deux fois\n"
    "V3;12/02/2027;50;999;Inconnue\n"
    "V1;10/02/2027;400;118;Béthune\n"
    "deja notee;10/02/2027;1;119;Avion\n"
)


@pytest.mark.moteurs
def test_un_fichier_mele_prend_ce_qui_est_juste_et_laisse_le_reste_a_cote(emis, solange):
    titre(solange)
    paiement(solange, titre(solange, nom="Ville d'Avion", numero=119), "1", numero="Deja notee")
    depose = deposer(MELES.encode("cp1252"), solange)
    plan = apercu(depose, le=LE_15_MARS)
    assert [(une.numero, une.phrase.partition(" :")[0]) for une in plan.laissees] == [
        (5, "Déjà pris"),
        (6, "Déjà pris"),
    ]

    appliquer(depose=depose, empreinte=plan.empreinte, par=solange, maintenant=EN_MARS)

    gardes = {un.numero: (str(un.titre or ""), un.montant) for un in Paiement.objects.all()}
    assert gardes["V1"] == ("2027-118", 400)
    assert gardes["V2"] == ("", 700) and gardes["V3"] == ("", 50)
    assert lecture.reste_du(appelee(), le=LE_15_MARS) == 600


def test_un_trop_percu_nomme_son_appel_qui_ne_se_relance_pas_tant_qu_on_n_a_pas_decide(
    emis, solange
):
    titre(solange)

    importer(une_de_paiements(montant="1300"), solange)

    en_trop = Paiement.objects.get()
    assert en_trop.libelle == f"Trop-perçu, à décider : titre 2027-118, appel {BETHUNE}."
    assert "cite cet appel" in lecture.a_eclaircir(appelee())


def test_decider_de_garder_le_surplus_solde_le_titre_et_montre_le_trop_percu(emis, solange):
    du = titre(solange)
    importer(une_de_paiements(montant="1300"), solange)
    en_trop = Paiement.objects.get()
    dit = {"paiement": en_trop, "titre": du, "par": solange, "maintenant": EN_MARS}
    with pytest.raises(RegleEnfreinte, match="il ne reste que"):
        rapprocher(**dit)

    rapprocher(garde_le_surplus=True, **dit)

    sien = lecture.solde(lecture.emises().get(pk=du.contribution_id), le=LE_15_MARS)
    assert (sien.reste, sien.trop_percu) == (0, 300)
    assert lecture.reste_du_titre(TitreDeRecette.objects.get()) == 0


def test_une_reference_qui_dit_deux_sommes_arrete_le_fichier(emis, solange):
    titre(solange)
    texte = "reference;date;montant;titre\nA;10/02/2027;60;118\nA;10/02/2027;70;118\n"

    ((numero, phrase),) = phrases(texte, solange)
    assert (numero, "gardez la vraie" in phrase) == (3, True)


def test_un_fichier_dont_tout_est_deja_pris_n_a_rien_a_inscrire(emis, solange):
    paiement(solange, titre(solange), "1", numero="VIR-9")

    with pytest.raises(RegleEnfreinte, match="aucune ligne à inscrire"):
        importer(une_de_paiements(), solange)


def test_trois_fautes_d_un_fichier_de_windows_sont_dites_chacune(emis, solange):
    titre(solange)
    texte = (
        "Référence;Date;Montant;Titre\n;10/02/2027;5;118\n"
        "É2;31/02/2027;5;118\nÉ3;10/02/2027;cinq;118\nÉ4;10/02/2027;5;118\n"
    )

    assert [numero for numero, _ in phrases(texte.encode("cp1252"), solange)] == [2, 3, 4]


def test_une_ligne_fausse_n_importe_rien(emis, solange):
    with pytest.raises(RegleEnfreinte, match="rien n'est importé"):
        importer(TITRES + f"{AVION};2027;120;hier;5\n", solange, "titres")

    assert not TitreDeRecette.objects.exists()


def test_le_meme_fichier_ne_s_importe_pas_deux_fois(emis, solange):
    importer(TITRES, solange, "titres")

    with pytest.raises(
        RegleEnfreinte,
        match=r"Ce fichier est déjà importé : Solange Petitprez l'a déposé.* le 15/03/2027",
    ):
        deposer(TITRES, solange, "titres")


def test_le_meme_fichier_depose_deux_fois_avant_ne_s_applique_qu_une_fois(emis, solange):
    titre(solange)
    deux = [deposer(une_de_paiements(), solange) for _ in range(2)]
    empreintes = [apercu(depose, le=LE_15_MARS).empreinte for depose in deux]
    appliquer(depose=deux[0], empreinte=empreintes[0], par=solange, maintenant=EN_MARS)

    with pytest.raises(RegleEnfreinte, match="déjà importé"):
        appliquer(depose=deux[1], empreinte=empreintes[1], par=solange, maintenant=EN_MARS)
    assert Paiement.objects.count() == 1


def test_confirme_deux_fois_un_import_ne_s_applique_qu_une(emis, solange):
    importe = importer(TITRES, solange, "titres")

    encore = appliquer(depose=importe, empreinte="", par=solange, maintenant=EN_MARS)

    assert (encore.applique_le, TitreDeRecette.objects.count()) == (importe.applique_le, 2)


def test_si_les_recettes_changent_apres_l_apercu_on_relit(emis, solange):
    depose = deposer(une_de_paiements(titre="", appel=BETHUNE), solange)
    empreinte = apercu(depose, le=LE_15_MARS).empreinte
    titre(solange)

    with pytest.raises(ConflitEtat, match="ont changé depuis votre aperçu"):
        appliquer(depose=depose, empreinte=empreinte, par=solange, maintenant=EN_MARS)


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "vide"),
        (b"PK\x03\x04", "un classeur"),
        (b"appel;montant\nC-2027-0001;5\n", "parmi elles"),
        (b"appel;titre;date;montant;somme\n", "Deux colonnes veulent dire"),
    ],
)
def test_un_fichier_illisible_dit_quoi_faire(emis, solange, octets, dit):
    with pytest.raises(RegleEnfreinte, match=dit):
        deposer(octets, solange, "titres")
    assert not ImportDeRecettes.objects.exists()


def test_de_deux_mille_lignes_trente_fausses_se_disent_et_rien_n_entre(emis, solange):
    titre(solange)
    lignes = [f"V{rang};10/02/2027;0,10;118" for rang in range(2000)]
    fausses = range(50, 2000, 65)
    for rang in fausses:
        lignes[rang] = f"V{rang};10/02/2027;dix;118"
    texte = "reference;date;montant;titre\n" + "\n".join(lignes)

    dites = phrases(texte, solange)

    assert [numero for numero, _ in dites] == [rang + 2 for rang in fausses] and len(dites) == 30
    with pytest.raises(RegleEnfreinte):
        importer(texte, solange)
    assert not Paiement.objects.exists()


def test_deux_mille_lignes_justes_s_importent_au_centime(emis, solange):
    titre(solange)

    importer(
        "reference;date;montant;titre\n"
        + "\n".join(f"V{n};10/02/2027;0,10;118" for n in range(2000)),
        solange,
    )

    assert lecture.reste_du(appelee(), le=LE_15_MARS) == Decimal(800)


def test_les_colonnes_du_logiciel_et_les_accents_de_windows_se_lisent():
    octets = (
        "N° Titre;Référence;Date d'encaissement;Montant TTC;Débiteur;Guichet\n"
        "118;V1;10/02/2027;5;Hélène;3\n"
    )

    lu = tableaux.lire_les_paiements(octets.encode("cp1252"))

    assert (lu.lignes[0].titre, lu.lignes[0].libelle, lu.ignorees) == ("118", "Hélène", ["Guichet"])
