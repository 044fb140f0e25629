"""Ce dont un règlement parle, et s'il le dit ou l'exclut."""

from typing import get_args

import pytest

from beffroi.achat.relectures.rules.reperage import (
    Sujet,
    depots_par_courriel_permis,
    depots_sur_papier_permis,
    est_niee,
    mentions,
)
from beffroi.achat.relectures.rules.reperage.mentions import motifs
from beffroi.achat.relectures.tests.textes import texte


@pytest.mark.parametrize(
    "phrase",
    [
        "Les plis peuvent être remis contre récépissé à la mairie.",
        "Les offres sont adressées par courrier recommandé avec avis de réception.",
        "Les candidats transmettent leur proposition sous pli cacheté.",
        "Le dépôt des offres sur support papier est autorisé.",
        "Les dossiers seront envoyés par voie postale ou déposés en main propre en mairie.",
        "Les offres seront remises en double enveloppe.",
    ],
)
def test_un_depot_sur_papier_permis_se_voit(phrase):
    assert len(depots_sur_papier_permis(texte("Remise des offres", phrase))) == 1


@pytest.mark.parametrize(
    "phrase",
    [
        "Les offres transmises par voie papier ne seront pas acceptées.",
        "Le dépôt des plis sur support papier n'est pas autorisé.",
        "Toute offre remise sur support papier sera déclarée irrégulière.",
        "Aucun pli remis par courrier ne sera ouvert.",
        "La copie de sauvegarde est transmise sous pli cacheté, contre récépissé.",
        "Les candidats ne peuvent déposer leurs offres par voie postale.",
        "La remise des offres par voie papier est interdite.",
    ],
)
def test_un_depot_sur_papier_exclu_ne_se_signale_pas(phrase):
    assert depots_sur_papier_permis(texte(phrase)) == ()


def test_la_remise_de_la_copie_de_sauvegarde_n_est_pas_un_depot_sur_papier():
    suite = "Le pli est envoyé par courrier recommandé ou remis contre récépissé à la mairie."

    assert (
        depots_sur_papier_permis(texte("Une copie de sauvegarde peut être adressée.", suite)) == ()
    )
    assert depots_sur_papier_permis(texte(suite, titre="5.3 Copie de sauvegarde")) == ()


def test_des_offres_sur_papier_se_voient_meme_apres_la_copie_de_sauvegarde():
    document = texte(
        "Une copie de sauvegarde est possible.",
        "Les offres peuvent aussi être remises par voie postale.",
    )

    assert len(depots_sur_papier_permis(document)) == 1


@pytest.mark.parametrize(
    ("phrase", "permis"),
    [
        ("Les offres peuvent être envoyées par courriel à mairie@saint-ambroise.fr.", 1),
        ("Les propositions sont transmises par mail.", 1),
        ("Les plis transmis par télécopie seront rejetés.", 0),
        ("La transmission des offres par courriel n'est pas admise.", 0),
        ("Un accusé de réception est envoyé par courriel.", 0),
    ],
)
def test_un_depot_par_courriel_se_voit_s_il_est_permis(phrase, permis):
    assert len(depots_par_courriel_permis(texte(phrase))) == permis


@pytest.mark.parametrize(
    ("sujet", "phrase", "niee"),
    [
        ("variantes", "Les variantes sont autorisées.", False),
        ("variantes", "Les variantes ne sont pas autorisées.", True),
        ("variantes", "Aucune variante n'est admise.", True),
        ("négociation", "L'acheteur se réserve la possibilité de négocier.", False),
        ("négociation", "Il ne sera pas procédé à une négociation.", True),
        ("signature", "La signature électronique de l'offre est exigée au dépôt.", False),
        ("signature", "Les documents n'ont pas à être signés au dépôt.", True),
        ("DUME", "Le candidat peut présenter un DUME.", False),
        ("DC1", "Formulaire DC 1 ou lettre de candidature", False),
        ("visite", "Aucune visite n'est prévue.", True),
        ("copie de sauvegarde", "Une COPIE DE SAUVEGARDE peut être remise.", False),
        ("langue", "Les offres sont rédigées en langue française.", False),
        ("tribunal", "Tribunal administratif de Lille, 5 rue Geoffroy Saint-Hilaire", False),
        ("recours", "Référé précontractuel : avant la signature du contrat.", False),
        ("groupement", "La forme du groupement n'est pas imposée.", True),
        ("hors délai", "Les plis reçus après la date limite sont éliminés.", True),
        ("dernière offre", "Seule la dernière offre reçue est ouverte.", False),
        ("virus", "Tout fichier contenant un virus sera réputé n'avoir jamais été reçu.", True),
        ("données personnelles", "Traitement des données à caractère personnel", False),
        ("originaux certifiés", "Copie certifiée conforme de l'attestation", False),
        (
            "prestations similaires",
            "Il pourra être fait appel à des prestations similaires (R. 2122-7).",
            False,
        ),
        ("réservation", "Le lot n° 2 est réservé aux entreprises adaptées.", False),
        ("non-allotissement", "Le marché n'est pas alloti car il ne se divise pas.", True),
        (
            "suspension",
            "Un délai de suspension de 11 jours est respecté avant la signature.",
            False,
        ),
        (
            "accès libre au dossier",
            "Le dossier est téléchargeable gratuitement sur le profil.",
            False,
        ),
        (
            "identification obligatoire",
            "Il faut créer un compte pour télécharger le dossier.",
            False,
        ),
        (
            "exclusivité du DC1",
            "Le candidat fournit obligatoirement les imprimés DC1 et DC2.",
            False,
        ),
        (
            "DUME simplifié",
            "Le candidat peut se limiter à indiquer dans le DUME qu'il dispose de l'aptitude.",
            False,
        ),
    ],
)
def test_une_mention_se_lit_et_dit_si_elle_est_niee(sujet, phrase, niee):
    assert [t.valeur.niee for t in mentions(texte("Préambule sans rapport.", phrase), sujet)] == [
        niee
    ]


def test_un_titre_se_dit_pour_ce_qu_il_est():
    annonce, regle = mentions(
        texte("2.6 Échantillons", "Aucun échantillon n'est demandé.", titre="2.6 Échantillons"),
        "échantillons",
    )

    assert (annonce.valeur.est_un_titre, regle.valeur.est_un_titre) == (True, False)


def test_un_pronom_se_comprend_par_son_titre():
    phrase = "Elle est ouverte si le pli contient un virus."

    assert (
        len(mentions(texte(phrase, titre="6.3 Copie de sauvegarde"), "ouverture de la copie")) == 1
    )
    assert mentions(texte(phrase, titre="2. Enveloppe"), "ouverture de la copie") == ()


def test_une_menace_n_est_pas_une_negation():
    assert not est_niee("Les offres sont signées au format PAdES, sous peine de rejet.")


def test_des_references_de_prestations_similaires_n_en_annoncent_pas():
    document = texte("Les références de prestations similaires exécutées depuis trois ans")

    assert mentions(document, "prestations similaires") == ()


def test_une_mention_est_une_phrase_et_non_un_paragraphe():
    (trouvee,) = mentions(
        texte("Le marché est alloti. Les variantes sont interdites. Voir l'art. R. 2151-8."),
        "variantes",
    )

    assert trouvee.texte == "Les variantes sont interdites."


def test_chaque_sujet_a_ses_motifs_et_chaque_motif_son_sujet():
    assert set(motifs()) == set(get_args(Sujet))


@pytest.mark.parametrize(
    "phrase",
    [
        "N'est pas admis",
        "ne seront plus acceptés",
        "non autorisé",
        "Néant",
        "ni papier ni courriel",
    ],
)
def test_une_negation_se_reconnait(phrase):
    assert est_niee(phrase)


def test_exclusivement_n_exclut_pas():
    assert not est_niee("La signature est exclusivement au format PAdES.")
