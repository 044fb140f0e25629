"""Les règles des courriers, sur des valeurs nues."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.choix.echanges import rules
from beffroi.choix.echanges.modeles import MODELES
from beffroi.choix.echanges.personnalisation import CHAMPS, champs_de, remplir, reste_a_ecrire

LIMITE = datetime(2026, 5, 4, 10, tzinfo=UTC)
AVANT = rules.Moment(depot_attendu=True, reponse_ouverte=False, documents_demandes=False)
INTERROGEE = rules.Moment(depot_attendu=False, reponse_ouverte=True, documents_demandes=True)


def courrier(**champs):
    entier = {
        "sorte": "libre",
        "sujet": "Visite",
        "texte": "Mardi.",
        "reponse_avant": None,
        "propres": [("Atelier", "")],
    }
    return rules.FaitsDuCourrier(**{**entier, **champs})


def refus(decision):
    assert not decision.favorable
    return " ".join(str(motif) for motif in decision.motifs)


@pytest.mark.parametrize(
    "etat", ["publiee", "close", "en_ouverture", "depouillee", "attribuee", "sans_suite"]
)
def test_on_s_ecrit_de_la_publication_a_l_archivage(etat):
    assert rules.peut_ecrire(etat=etat).favorable


@pytest.mark.parametrize("etat", ["brouillon", "en_relecture", "programmee", "archivee"])
def test_on_n_ecrit_ni_avant_ni_apres(etat):
    assert not rules.peut_ecrire(etat=etat).favorable


def test_qui_demande_se_connait_apres_l_heure_limite_et_pas_a_l_heure_limite():
    assert not rules.auteurs_de_questions_connus(limite=LIMITE, maintenant=LIMITE)
    assert rules.auteurs_de_questions_connus(
        limite=LIMITE, maintenant=LIMITE + timedelta(microseconds=1)
    )


@pytest.mark.article("CCP", "R. 2144-2")
@pytest.mark.article("CCP", "R. 2152-2")
@pytest.mark.article("CCP", "R. 2152-3")
@pytest.mark.article("CCP", "R. 2123-5")
@pytest.mark.article("CCP", "R. 2181-1")
@pytest.mark.article("CCP", "R. 2182-4")
@pytest.mark.parametrize(
    "sorte", ["precisions", "regularisation", "negociation", "rejet", "notification"]
)
def test_rien_ne_s_examine_avant_l_ouverture(sorte):
    assert "réponse est ouverte" in refus(
        rules.sorte_permise(sorte, reponse_ouverte=False, se_negocie=True)
    )
    assert rules.sorte_permise(sorte, reponse_ouverte=True, se_negocie=True).favorable


def test_un_message_libre_s_ecrit_a_qui_n_a_pas_de_reponse_ouverte():
    assert rules.sorte_permise("libre", reponse_ouverte=False, se_negocie=False).favorable


def test_une_procedure_sans_negociation_ne_se_negocie_pas():
    assert "définitives" in refus(
        rules.sorte_permise("negociation", reponse_ouverte=True, se_negocie=False)
    )


@pytest.mark.article("CCP", "R. 2185-2")
@pytest.mark.parametrize("ouverte", [True, False])
def test_une_renonciation_s_annonce_a_tous_ceux_que_l_on_connait_une_fois_declaree(ouverte):
    assert rules.sorte_permise(
        "sans_suite", reponse_ouverte=ouverte, se_negocie=False, sans_suite=True
    ).favorable
    attendu = rules.sorte_permise(
        "sans_suite", reponse_ouverte=ouverte, se_negocie=False, sans_suite=False
    )
    assert "Déclarez d'abord" in refus(attendu)


@pytest.mark.article("CCP", "R. 2185-1")
@pytest.mark.parametrize(
    ("sorte", "permis"), [("negociation", False), ("notification", False), ("rejet", True)]
)
def test_sans_suite_rien_ne_se_negocie_ni_ne_se_notifie(sorte, permis):
    decision = rules.sorte_permise(sorte, reponse_ouverte=True, se_negocie=True, sans_suite=True)
    assert decision.favorable is permis


def test_un_courrier_entier_s_envoie():
    assert rules.peut_etre_envoye(courrier(), maintenant=LIMITE).favorable


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"sujet": " "}, "sujet"),
        ({"sujet": "Visite\r\nBcc: x@example.org"}, "une ligne"),
        ({"texte": " "}, "texte"),
        ({"texte": "x" * (rules.SIGNES_PAR_TEXTE + 1)}, "signes"),
        ({"propres": []}, "au moins une entreprise"),
        (
            {"propres": [("Atelier", "")] * (rules.DESTINATAIRES_PAR_COURRIER + 1)},
            "500 entreprises au plus",
        ),
        ({"texte": "Le [date de signature]"}, "[date de signature]"),
        ({"texte": "[texte propre]"}, "Atelier"),
        ({"sujet": "Lot [texte propre]"}, "Atelier"),
        (
            {"texte": "[texte propre]", "propres": [("Atelier", "voir [à compléter]")]},
            "[à compléter]",
        ),
        (
            {"texte": "[texte propre]", "propres": [("Atelier", "[texte propre]")]},
            "Il reste à écrire : [texte propre]",
        ),
        ({"texte": "Répondez avant le [répondre avant]."}, "dernier moment"),
        (
            {"texte": "[texte propre]", "propres": [("Atelier", "Avant le [répondre avant].")]},
            "dernier moment",
        ),
        ({"reponse_avant": LIMITE}, "passé"),
        ({"sans_personne": ["Atelier"]}, "compte actif"),
        ({"texte": "Nous renonçons : [motif sans suite]"}, "n'est pas déclarée"),
        (
            {"texte": "[texte propre]", "propres": [("Atelier", "Le [date sans suite]")]},
            "n'est pas déclarée",
        ),
    ],
)
def test_un_courrier_incomplet_dit_ce_qui_lui_manque(champs, dit):
    assert dit in refus(rules.peut_etre_envoye(courrier(**champs), maintenant=LIMITE))


def test_un_texte_propre_que_le_courrier_n_appelle_plus_ne_le_retient_pas():
    oublie = courrier(propres=[("Atelier", "voir [à compléter] avant le [répondre avant]")])

    assert rules.peut_etre_envoye(oublie, maintenant=LIMITE).favorable


@pytest.mark.article("CCP", "R. 2144-2")
def test_une_regularisation_donne_a_tous_le_meme_dernier_moment():
    sans = courrier(sorte="regularisation")
    avec = courrier(sorte="regularisation", reponse_avant=LIMITE + timedelta(days=3))

    assert "R. 2144-2" in refus(rules.peut_etre_envoye(sans, maintenant=LIMITE))
    assert rules.peut_etre_envoye(avec, maintenant=LIMITE).favorable


def test_non_lu_se_relance_au_bout_de_deux_jours_ou_des_que_la_boite_refuse():
    def a_relancer(apres, **champs):
        faits = {"lu": False, "refusee": False, "remis_le": LIMITE, **champs}
        return rules.est_a_relancer(**faits, maintenant=LIMITE + apres)

    assert not a_relancer(rules.SANS_LECTURE - timedelta(microseconds=1))
    assert a_relancer(rules.SANS_LECTURE)
    assert a_relancer(timedelta(0), refusee=True)
    assert not a_relancer(timedelta(days=9), lu=True)


@pytest.mark.parametrize(
    ("champs", "permis"),
    [
        ({}, True),
        ({"lu": True}, False),
        ({"derniere_le": LIMITE - timedelta(minutes=59)}, False),
        ({"derniere_le": LIMITE - timedelta(minutes=1), "refusee": True}, True),
        ({"alertes": rules.ALERTES_PAR_EXEMPLAIRE}, False),
    ],
)
def test_une_relance_n_inonde_personne(champs, permis):
    faits = {
        "lu": False,
        "derniere_le": LIMITE - timedelta(hours=2),
        "refusee": False,
        "alertes": 1,
        **champs,
    }

    assert rules.peut_relancer(**faits, maintenant=LIMITE).favorable is permis


# ---------------------------------------------------------------- un message n'est pas un dépôt

OFFRES = (
    "acte d'engagement",
    "DC1",
    "dc 2",
    "BPU",
    "DPGF",
    "mémoire technique",
    "Offre",
    "notre offre",
    "bordereau des prix",
    "DQE",
    "AE",
    "proposition financière",
    "devis",
    "candidature",
    "pli",
)


@pytest.mark.parametrize(
    "nom",
    [
        "Acte d'engagement signé.pdf",
        "ACTE_D_ENGAGEMENT.PDF",
        "acte-engagement.pdf",
        "ActeEngagement.pdf",
        "AE lot 2.pdf",
        "DC1.pdf",
        "dc2_2026.odt",
        "BPU-lot1.xlsx",
        "DPGF.xls",
        "memoire_technique.pdf",
        "Mémoire Technique.docx",
        "Offre.zip",
        "reponse.age",
        "pli.gpg",
        "document.p7m",
        "DUME.xml",
        "MonOffre.pdf",
    ],
)
def test_le_nom_d_une_offre_se_reconnait(nom):
    assert rules.ressemble_a_une_offre(nom)


@pytest.mark.parametrize(
    "nom",
    [
        "plan de la toiture.pdf",
        "photo.jpg",
        "attestation fiscale.pdf",
        "supplique.pdf",
        "aerateur.pdf",
        "coffre.pdf",
        "dc5.pdf",
        "memoire.pdf",
        "explication.docx",
    ],
)
def test_un_document_ordinaire_ne_se_prend_pas_pour_une_offre(nom):
    assert rules.ressemble_a_une_offre(nom) == ""


@given(
    st.sampled_from(OFFRES),
    st.sampled_from([" ", "_", "-", ".", "  "]),
    st.booleans(),
    st.sampled_from(["pdf", "ZIP"]),
)
def test_ni_la_casse_ni_les_separateurs_ni_l_extension_ne_la_cachent(
    mot, separateur, crie, extension
):
    nom = f"01{separateur}{mot.replace(' ', separateur)}{separateur}v2.{extension}"

    assert rules.ressemble_a_une_offre(nom.upper() if crie else nom)


@pytest.mark.parametrize(
    "texte",
    [
        "Veuillez trouver ci-joint notre offre.",
        "Bonjour, voici notre meilleure offre pour le lot 2.",
        "Nous vous transmettons par ce message notre candidature.",
        "Ci-joint, un devis.",
        "Je dépose ici mon pli",
        "Je vous adresse en pièce jointe notre proposition de prix.",
        "Vous trouverez dans le fichier joint notre offre.",
    ],
)
def test_un_texte_qui_remet_une_offre_se_reconnait(texte):
    assert rules.texte_qui_remet_une_offre(texte)


@pytest.mark.parametrize(
    "texte",
    [
        "Notre offre est déposée depuis hier.",
        "Quand l'offre doit-elle être remise ?",
        "Ci-joint le plan demandé.",
        "Nous préparons notre offre. Voici notre question.",
        "Voici une question sur notre offre.",
        "Ci-joint le document demandé pour notre offre.",
        "Vous trouverez le plan de l'offre de base.",
    ],
)
def test_parler_d_une_offre_n_est_pas_la_remettre(texte):
    assert not rules.texte_qui_remet_une_offre(texte)


def test_avant_l_ouverture_une_offre_est_refusee_et_le_depot_est_montre():
    dit = refus(
        rules.n_est_pas_un_depot(
            texte="Voir le fichier.", noms=["Acte d'engagement.pdf"], moment=AVANT
        )
    )

    assert ("page de dépôt" in dit, "TA Caen, 15 mai 2025, n° 2501303" in dit) == (True, True)


def test_interrogee_apres_l_ouverture_une_entreprise_envoie_les_documents_demandes():
    assert rules.n_est_pas_un_depot(
        texte="Voici notre offre.", noms=["BPU.xlsx"], moment=INTERROGEE
    ).favorable


@pytest.mark.parametrize(
    "texte",
    [
        "Voici notre meilleure offre.",
        "Nous vous transmettons notre nouvelle offre, moins chère.",
        "Ci-joint un nouveau devis.",
        "Vous trouverez ci-joint notre offre modifiée.",
        "Je vous adresse ma dernière proposition financière.",
    ],
)
def test_a_qui_doit_preciser_seulement_une_autre_offre_est_refusee(texte):
    figee = replace(INTERROGEE, offre_figee=True)

    dit = refus(rules.n_est_pas_un_depot(texte=texte, noms=[], moment=figee))
    assert "elle ne change plus" in dit and "R. 2161-5" in dit
    assert rules.n_est_pas_un_depot(texte=texte, noms=[], moment=INTERROGEE).favorable


@pytest.mark.parametrize(
    "texte",
    [
        "Voici le détail demandé de notre offre.",
        "Veuillez trouver ci-joint notre devis.",
        "Notre meilleure offre est la première.",
        "Ci-joint le sous-détail du prix n° 4, qui ne change pas notre offre.",
        "Voici une nouvelle pièce, pour notre offre.",
    ],
)
def test_preciser_son_offre_avec_ses_pieces_n_est_pas_en_changer(texte):
    figee = replace(INTERROGEE, offre_figee=True)

    assert rules.n_est_pas_un_depot(texte=texte, noms=["BPU.xlsx"], moment=figee).favorable


@pytest.mark.parametrize("change", ["depot_attendu", "reponse_ouverte", "documents_demandes"])
def test_une_offre_que_rien_ne_demande_est_refusee(change):
    moment = rules.Moment(**{**INTERROGEE.__dict__, change: not getattr(INTERROGEE, change)})

    assert not rules.n_est_pas_un_depot(
        texte="Voir le fichier.", noms=["BPU.xlsx"], moment=moment
    ).favorable


@given(st.text(alphabet=st.characters(categories=["Nd", "Zs", "Po"]), max_size=200))
def test_un_texte_sans_mot_ne_remet_jamais_d_offre(texte):
    assert rules.n_est_pas_un_depot(texte=texte, noms=[], moment=AVANT).favorable


def test_la_limite_des_reponses_dit_quoi_faire():
    assert rules.peut_repondre(
        etat="publiee", texte="Oui.", deja=rules.RETOURS_PAR_FIL - 1
    ).favorable
    assert "Appelez" in refus(
        rules.peut_repondre(etat="publiee", texte="Oui.", deja=rules.RETOURS_PAR_FIL)
    )


def test_une_reponse_en_retard_est_recue_et_signalee():
    assert not rules.est_hors_delai(recu_le=LIMITE, avant=LIMITE)
    assert rules.est_hors_delai(recu_le=LIMITE + timedelta(microseconds=1), avant=LIMITE)
    assert not rules.est_hors_delai(recu_le=LIMITE, avant=None)


# ---------------------------------------------------------------- un texte pour plusieurs


@given(st.text())
def test_une_valeur_ne_devient_jamais_un_champ(valeur):
    texte = "A [entreprise] B [texte propre]"

    assert (
        remplir(texte, {"entreprise": f"[texte propre]{valeur}", "texte propre": "X"})
        == f"A [texte propre]{valeur} B X"
    )


@given(st.text())
def test_sans_champ_un_texte_ne_change_pas(texte):
    assert remplir(texte, {}) == texte


def test_un_renvoi_de_note_n_est_pas_un_champ():
    assert champs_de("Voir l'annexe [1] et la note [12].") == []


@pytest.mark.parametrize("cle", MODELES)
def test_un_modele_a_un_sujet_recevable_et_des_champs_connus_ou_a_ecrire(cle):
    modele = MODELES[cle]
    texte = f"{modele.sujet}\n{modele.texte}"

    assert rules.sujet_recevable(modele.sujet).favorable
    assert set(champs_de(texte)) == set(reste_a_ecrire(texte)) | (
        set(champs_de(texte)) & set(CHAMPS)
    )


TOT, TARD = LIMITE, LIMITE + timedelta(days=5)


@pytest.mark.parametrize(
    "delais,dernier_le,attendu",
    [
        ([], TOT, None),
        ([rules.Delai(TOT, repondu=False)], TOT - timedelta(days=1), TOT),
        ([rules.Delai(TOT, repondu=False)], TOT + timedelta(days=1), TOT),
        ([rules.Delai(TOT, repondu=True)], TOT, TOT),
        ([rules.Delai(TOT, repondu=True)], TOT + timedelta(microseconds=1), None),
        ([rules.Delai(TARD, repondu=False), rules.Delai(TOT, repondu=False)], TOT, TARD),
        (
            [rules.Delai(TOT, repondu=True), rules.Delai(TARD, repondu=False)],
            TOT + timedelta(days=1),
            TARD,
        ),
    ],
    ids=[
        "aucun",
        "court",
        "échu sans réponse",
        "court encore, déjà répondu",
        "répondu puis échu",
        "deux",
        "un éteint",
    ],
)
def test_un_courrier_sans_date_ne_leve_pas_un_delai_donne(delais, dernier_le, attendu):
    assert rules.dernier_moment(delais, dernier_courrier_le=dernier_le) == attendu
