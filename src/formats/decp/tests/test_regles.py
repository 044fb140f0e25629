"""Chaque règle au-delà du schéma,
vue rouge sur un contrat corrompu en un point, et muette sur le contrat juste.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.decp import Paquet, Titulaire, verifier_la_concession, verifier_le_marche
from formats.decp.mois import ajouter
from formats.decp.regles import verifier
from formats.decp.tests import exemples

UNE, DEUX = exemples.MODIFICATIONS
[ACTE] = exemples.ACTES
[ACTE_MODIFIE] = exemples.ACTES_MODIFIES
SANS_CLE = Titulaire(id="33245605200048")
ERREURS = {
    "acheteur.id": {"acheteur_id": "21620178000015"},
    "titulaires[1].titulaire.id": {"titulaires": (SANS_CLE,)},
    "modifications[2].modification.titulaires[1].titulaire.id": {
        "modifications": (UNE, replace(DEUX, titulaires=(SANS_CLE,)))
    },
    "actesSousTraitance[1].acteSousTraitance.sousTraitant.id": {
        "actes_sous_traitance": (replace(ACTE, sous_traitant=Titulaire(id="332 456 052 00049")),)
    },
    "origineUE": {"origine_ue": Decimal("0.4")},
    "tauxAvance": {"attribution_avance": False},
    "codeCPV": {"code_cpv": "99999999"},
    "datePublicationDonnees": {"date_publication_donnees": date(2026, 11, 1)},
    "modifications[1].modification.datePublicationDonneesModification": {
        "modifications": (
            replace(UNE, date_publication_donnees_modification=date(2027, 1, 7)),
            DEUX,
        )
    },
    "modifications[1].modification.dateNotificationModification": {
        "modifications": (replace(UNE, date_notification_modification=date(2026, 1, 7)), DEUX)
    },
    "modifications[2].modification.id": {"modifications": (UNE, replace(DEUX, id=1))},
    "actesSousTraitance[2].acteSousTraitance.id": {
        "actes_sous_traitance": (replace(ACTE, id=3), ACTE)
    },
    "modificationsActesSousTraitance[1].modificationActeSousTraitance.id": {
        "modifications_actes_sous_traitance": (replace(ACTE_MODIFIE, id=9),)
    },
    "modificationsActesSousTraitance[1].modificationActeSousTraitance.datePublicationDonnees": {
        "modifications_actes_sous_traitance": (
            replace(ACTE_MODIFIE, date_publication_donnees=date(2026, 12, 4)),
        )
    },
}
AVERTISSEMENTS = {
    "datePublicationDonnees": {"date_publication_donnees": date(2027, 1, 3)},
    "idAccordCadre": {"id_accord_cadre": "2026001"},
    "tauxAvance": {"taux_avance": None},
    "origineFrance": {"origine_france": None},
    "typeGroupementOperateurs": {"type_groupement_operateurs": "Solidaire"},
    "techniques": {"techniques": ("Concours", "Sans objet")},
    "modifications[2].modification.id": {
        "modifications": (
            UNE,
            replace(
                DEUX,
                date_notification_modification=date(2027, 1, 7),
                date_publication_donnees_modification=date(2027, 2, 7),
            ),
        )
    },
    "modifications[2].modification": {"modifications": (UNE, replace(DEUX, titulaires=()))},
}
ERREURS_DE_CONCESSION = {
    "autoriteConcedante.id": {"autorite_concedante_id": "21620178000015"},
    "concessionnaires[1].concessionnaire.id": {"concessionnaires": (SANS_CLE,)},
    "datePublicationDonnees": {"date_publication_donnees": date(2026, 9, 30)},
}


def test_les_exemples_justes_n_ont_aucun_defaut():
    assert list(verifier(exemples.paquet())) == []


@pytest.mark.parametrize("champ", ERREURS)
def test_une_faute_est_une_erreur_sur_son_champ(champ):
    defauts = list(verifier_le_marche(exemples.marche(**ERREURS[champ])))

    assert champ in [defaut.champ for defaut in defauts if defaut.est_une_erreur]
    assert all(
        defaut.phrase and defaut.source and defaut.contrat == "Marché 2026001" for defaut in defauts
    )


@pytest.mark.parametrize("champ", AVERTISSEMENTS)
def test_ce_qui_merite_d_etre_relu_n_est_pas_refuse(champ):
    defauts = list(verifier_le_marche(exemples.marche(**AVERTISSEMENTS[champ])))

    assert champ in [defaut.champ for defaut in defauts]
    assert not any(defaut.est_une_erreur for defaut in defauts)


@pytest.mark.parametrize("champ", ERREURS_DE_CONCESSION)
def test_une_faute_de_concession_est_une_erreur_sur_son_champ(champ):
    defauts = list(verifier_la_concession(exemples.concession(**ERREURS_DE_CONCESSION[champ])))

    assert champ in [defaut.champ for defaut in defauts if defaut.est_une_erreur]


def test_une_concession_publiee_apres_le_debut_de_son_execution_est_dite():
    [defaut] = verifier_la_concession(
        exemples.concession(date_publication_donnees=date(2026, 11, 2))
    )

    assert (defaut.champ, defaut.source, defaut.est_une_erreur) == (
        "datePublicationDonnees",
        "CCP, art. R. 3131-1",
        False,
    )


def test_deux_contrats_d_un_acheteur_ne_portent_pas_le_meme_numero():
    double = Paquet(marches=(exemples.marche(),), concessions=(exemples.concession(id="2026001"),))

    assert [(defaut.champ, defaut.est_une_erreur) for defaut in verifier(double)] == [("id", True)]


def test_le_dernier_jour_des_deux_mois_est_dans_le_delai():
    assert (
        list(verifier_le_marche(exemples.marche(date_publication_donnees=date(2027, 1, 2)))) == []
    )


def test_deux_mois_apres_le_31_decembre_finissent_avec_fevrier():
    assert ajouter(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert ajouter(date(2027, 12, 31), 2) == date(2028, 2, 29)


@given(rang=st.integers(0, 13), chiffre=st.integers(1, 9))
def test_un_chiffre_mal_recopie_dans_un_siret_se_voit_toujours(rang, chiffre):
    juste = exemples.ENTREPRISE.id
    faux = juste[:rang] + str((int(juste[rang]) + chiffre) % 10) + juste[rang + 1 :]

    defauts = list(verifier_le_marche(exemples.marche(titulaires=(Titulaire(id=faux),))))
    assert [defaut.champ for defaut in defauts] == ["titulaires[1].titulaire.id"]


def test_la_poste_garde_son_exception():
    assert (
        list(verifier_le_marche(exemples.marche(titulaires=(Titulaire(id="35600000049837"),))))
        == []
    )
    assert list(verifier_le_marche(exemples.marche(titulaires=(Titulaire(id="35600000012345"),))))


def test_un_numero_de_tva_faux_est_refuse():
    faux = Titulaire(id="BE0000000000", type_identifiant="TVA")

    [defaut] = verifier_le_marche(exemples.marche(titulaires=(faux,)))
    assert defaut.champ == "titulaires[1].titulaire.id"


def champs(defauts) -> list[tuple[str, bool]]:
    return [(defaut.champ, defaut.est_une_erreur) for defaut in defauts]


def test_publier_et_modifier_le_jour_meme_est_permis():
    jour = date(2026, 11, 2)
    une = replace(
        UNE, date_notification_modification=jour, date_publication_donnees_modification=jour
    )
    deux = replace(
        DEUX, date_notification_modification=jour, date_publication_donnees_modification=jour
    )

    assert (
        list(
            verifier_le_marche(
                exemples.marche(date_publication_donnees=jour, modifications=(une, deux))
            )
        )
        == []
    )


@pytest.mark.parametrize(
    "change",
    [
        {"date_publication_donnees": date(2026, 10, 1)},
        {"date_publication_donnees": date(2026, 11, 1)},
        {"date_signature": date(2026, 10, 20)},
    ],
)
def test_une_concession_se_publie_de_sa_signature_au_debut_de_son_execution_compris(change):
    assert list(verifier_la_concession(exemples.concession(**change))) == []


def test_une_modification_de_concession_suit_le_contrat_son_ordre_et_son_delai():
    [une] = exemples.concession().modifications
    avant = replace(une, date_signature_modification=date(2026, 9, 30))
    tard = replace(une, date_publication_donnees_modification=date(2028, 3, 6))
    muette = replace(une, valeur_globale=None)
    base = "modifications[1].modification"

    assert (f"{base}.dateSignatureModification", True) in champs(
        verifier_la_concession(exemples.concession(modifications=(avant,)))
    )
    assert champs(verifier_la_concession(exemples.concession(modifications=(tard,)))) == [
        (f"{base}.datePublicationDonneesModification", False)
    ]
    assert champs(verifier_la_concession(exemples.concession(modifications=(muette,)))) == [
        (base, False)
    ]
    assert champs(verifier_la_concession(exemples.concession(modifications=(une, une)))) == [
        ("modifications[2].modification.id", True)
    ]
    prolongee = replace(muette, duree_mois=72)
    assert list(verifier_la_concession(exemples.concession(modifications=(prolongee,)))) == []


@pytest.mark.parametrize(
    "change", [{"duree_mois": 7}, {"montant": Decimal(0)}, {"titulaires": (exemples.ENTREPRISE,)}]
)
def test_une_modification_qui_dit_une_seule_chose_dit_quelque_chose(change):
    muette = replace(UNE, duree_mois=None, montant=None)

    assert (
        list(verifier_le_marche(exemples.marche(modifications=(replace(muette, **change),)))) == []
    )


def test_une_part_de_france_egale_a_celle_de_l_union_se_tient():
    assert list(verifier_le_marche(exemples.marche(origine_ue=Decimal("0.5")))) == []
    assert list(verifier_le_marche(exemples.marche(origine_ue=None, origine_france=None))) == []
    assert champs(verifier_le_marche(exemples.marche(origine_ue=None))) == [("origineUE", False)]


def test_sans_avance_il_n_y_a_pas_de_taux_a_dire():
    for taux in (None, Decimal(0)):
        assert (
            list(verifier_le_marche(exemples.marche(attribution_avance=False, taux_avance=taux)))
            == []
        )


def test_deux_titulaires_forment_un_groupement_et_un_groupement_a_deux_titulaires():
    deux = (exemples.ENTREPRISE, Titulaire(id="55204599900869"))

    seul = {
        "titulaires": deux,
        "techniques": ("Sans objet",),
        "modalites_execution": ("Sans objet",),
    }
    assert champs(verifier_le_marche(exemples.marche(**seul))) == [
        ("typeGroupementOperateurs", False)
    ]
    assert (
        list(
            verifier_le_marche(
                exemples.marche(titulaires=deux, type_groupement_operateurs="Conjoint")
            )
        )
        == []
    )


def test_un_accord_cadre_a_plusieurs_titulaires_sans_groupement():
    deux = (exemples.ENTREPRISE, Titulaire(id="55204599900869"))

    assert (
        list(verifier_le_marche(exemples.marche(titulaires=deux, techniques=("Accord-cadre",))))
        == []
    )


@pytest.mark.parametrize(
    ("attribut", "champ", "rien"),
    [
        ("considerations_sociales", "considerationsSociales", "Pas de considération sociale"),
        (
            "considerations_environnementales",
            "considerationsEnvironnementales",
            "Pas de considération environnementale",
        ),
        ("modalites_execution", "modalitesExecution", "Sans objet"),
    ],
)
def test_rien_de_tel_ne_va_avec_rien_d_autre(attribut, champ, rien):
    assert list(verifier_le_marche(exemples.marche(**{attribut: (rien,)}))) == []
    assert champs(verifier_le_marche(exemples.marche(**{attribut: (rien, "Autre")}))) == [
        (champ, False)
    ]
    if attribut.startswith("considerations"):
        assert champs(
            verifier_la_concession(exemples.concession(**{attribut: (rien, "Autre")}))
        ) == [(champ, False)]


@pytest.mark.parametrize(("sorte", "numero"), [("TVA", "BE0428759497"), ("HORS-UE", "US-1234")])
def test_un_operateur_etranger_a_un_identifiant_de_son_type(sorte, numero):
    assert (
        list(
            verifier_le_marche(
                exemples.marche(titulaires=(Titulaire(id=numero, type_identifiant=sorte),))
            )
        )
        == []
    )
    assert champs(
        verifier_le_marche(exemples.marche(titulaires=(Titulaire(id=" ", type_identifiant=sorte),)))
    ) == [("titulaires[1].titulaire.id", True)]


@pytest.mark.parametrize(
    ("numero", "mot"),
    [
        ("332 456 052 00049", "pas écrit en 14 chiffres"),
        ("33245605200048", "clé du SIRET"),
        ("332456052", "n'est pas un SIRET"),
        ("3324560520004X", "n'est pas un SIRET"),
    ],
)
def test_un_siret_faux_dit_en_quoi(numero, mot):
    [defaut] = verifier_le_marche(exemples.marche(acheteur_id=numero))

    assert (defaut.champ, mot in defaut.phrase) == ("acheteur.id", True)


def test_un_acte_de_sous_traitance_se_publie_apres_sa_notification_et_dans_les_deux_mois():
    champ = "actesSousTraitance[1].acteSousTraitance.datePublicationDonnees"
    avant = replace(ACTE, date_publication_donnees=date(2026, 11, 4))
    tard = replace(ACTE, date_publication_donnees=date(2027, 1, 6))
    dernier_jour = replace(ACTE, date_publication_donnees=date(2027, 1, 5))

    assert champs(verifier_le_marche(exemples.marche(actes_sous_traitance=(avant,)))) == [
        (champ, True)
    ]
    assert champs(verifier_le_marche(exemples.marche(actes_sous_traitance=(tard,)))) == [
        (champ, False)
    ]
    assert list(verifier_le_marche(exemples.marche(actes_sous_traitance=(dernier_jour,)))) == []


def test_deux_acheteurs_peuvent_donner_le_meme_numero():
    autre = exemples.concession(id="2026001", autorite_concedante_id=exemples.ENTREPRISE.id)

    assert list(verifier(Paquet(marches=(exemples.marche(),), concessions=(autre,)))) == []


def test_une_date_a_la_fin_des_temps_ne_fait_rien_tomber():
    fin = date.max
    marche = exemples.marche(
        date_notification=fin,
        date_publication_donnees=fin,
        modifications=(),
        actes_sous_traitance=(),
        modifications_actes_sous_traitance=(),
    )

    assert list(verifier_le_marche(marche)) == []


def test_deux_numeros_egaux_et_deux_numeros_inverses_ne_se_disent_pas_pareil():
    [egaux] = verifier_le_marche(exemples.marche(modifications=(UNE, replace(DEUX, id=1))))
    [inverses] = verifier_le_marche(exemples.marche(modifications=(replace(UNE, id=3), DEUX)))

    assert (egaux.phrase, inverses.phrase) == (
        "Le numéro 1 sert deux fois.",
        "Le numéro 2 vient après 3.",
    )
