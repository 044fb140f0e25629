"""Le règlement dit ce que les contrôles RC-01 à RC-50 y cherchent,
pour chaque famille de procédure.
"""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from beffroi.achat.redaction.tests.achats import (
    ACCORD_CADRE,
    ACHATS,
    AOO,
    AOR,
    CONCESSION,
    MAPA,
    PROCEDURE_AVEC_NEGOCIATION,
    RESERVE,
)
from beffroi.achat.redaction.tests.textes import du_reglement as texte
from droit.achat import (
    Candidature,
    Critere,
    DocumentHorsProfil,
    Lot,
    OutilParticulier,
    Signature,
    Variantes,
)
from droit.citation import Article
from formats.dates import PARIS
from formats.document import cite
from formats.document.phrases import en_texte

TOUS = pytest.mark.parametrize("achat", ACHATS.values(), ids=ACHATS)
MARCHES = pytest.mark.parametrize("achat", [a for a in ACHATS.values() if a is not CONCESSION])


@TOUS
def test_rc01_l_heure_limite_est_en_toutes_lettres_avec_son_fuseau_et_partout_la_meme(achat):
    lu = texte(achat)

    assert lu.count("mardi 12 janvier 2027 à 11 h 00 (heure de Paris)") == 2
    assert lu.count("heure de Paris") == 4


def test_rc01_une_limite_en_ete_ou_a_la_minute_reste_a_l_heure_de_paris():
    limite = datetime(2027, 7, 6, 14, 5, tzinfo=PARIS)

    assert "mardi 6 juillet 2027 à 14 h 05 (heure de Paris)" in texte(
        replace(MAPA, dates=replace(MAPA.dates, limite=limite))
    )


@TOUS
def test_rc04_la_date_des_questions_est_dite(achat):
    assert (
        "Posez vos questions sur la plateforme : au plus tard le lundi 4 janvier 2027 à 12 h 00"
        in texte(achat)
    )


def test_rc04_le_delai_de_reponse_suit_la_procedure_et_l_urgence():
    urgente = replace(AOO, dates=replace(AOO.dates, urgence="la chaudière est en panne"))

    assert "répond au plus tard 6 jours avant" in texte(AOO) and "R. 2132-6" in texte(AOO)
    assert "répond au plus tard 4 jours avant" in texte(urgente)
    assert "R. 3122-12" in texte(CONCESSION)
    assert "répond au plus tard" not in texte(MAPA)


@TOUS
def test_rc05_l_adresse_est_celle_de_la_consultation_et_le_siret_celui_de_l_acheteur(achat):
    lu = texte(achat)

    assert lu.count("https://marches.example/consultations/2026-0142/") == 3
    assert "21620999900012" in lu


@TOUS
def test_rc06_rc07_le_depot_est_en_ligne_et_nulle_part_ailleurs(achat):
    assert (
        "Déposez votre réponse en ligne, sur la plateforme. Toute autre voie est exclue."
        in texte(achat)
    )


def test_rc07_une_remise_sur_papier_dit_sa_raison():
    lu = texte(replace(MAPA, depot_sur_papier="une maquette est demandée"))

    assert "Une remise sur papier est permise. Raison : une maquette est demandée." in lu
    assert "R. 2132-12 et R. 2132-13" in lu and "Toute autre voie est exclue" not in lu


@TOUS
def test_rc08_l_acces_est_gratuit_complet_direct_et_sans_compte(achat):
    assert (
        "L'accès au dossier est gratuit, libre, direct et complet. "
        "Vous n'avez besoin d'aucun compte"
    ) in texte(achat)


@TOUS
def test_rc09_chaque_fichier_du_dossier_est_nomme(achat):
    lu = texte(achat)

    assert [document.nom for document in achat.documents if document.nom not in lu] == []


@pytest.mark.article("CCP", "R. 2132-10")
def test_un_outil_peu_courant_dit_ce_que_l_acheteur_offre_a_qui_ne_l_a_pas():
    outil = OutilParticulier(
        nom="Maquette IFC", acces="jeton", adresse="https://bim.example/", conditions="trente jours"
    )

    lu = texte(replace(MAPA, outils_particuliers=(outil,)))

    assert (
        "Maquette IFC. L'acheteur offre un jeton provisoire et gratuit, en ligne : "
        "https://bim.example/. Trente jours."
    ) in lu
    assert "R. 2132-14" in lu and "outil ou un format peu courant" not in texte(MAPA)


def test_rc10_un_document_hors_profil_dit_sa_raison_et_comment_l_obtenir():
    plan = DocumentHorsProfil(
        intitule="Maquette numérique", raison="trop lourde", moyen_d_acces="lien donné sur demande"
    )

    lu = texte(replace(MAPA, documents_hors_profil=(plan,)))
    assert (
        "Maquette numérique. Raison : trop lourde. Pour l'obtenir : lien donné sur demande." in lu
    )
    assert "CCP, art. R. 2132-5" in lu


@TOUS
def test_rc11_formats_courants_xml_et_json_compris_tailles_de_la_plateforme(achat):
    lu = texte(achat)

    assert "XML, JSON" in lu and "Aucun logiciel payant n'est nécessaire" in lu
    assert "jusqu'à 10 Go" in lu and "jusqu'à 20 Go, en 10 000 fichiers au plus" in lu


@TOUS
def test_rc12_la_signature_n_est_pas_exigee_au_depot(achat):
    assert "La signature n'est pas exigée au dépôt." in texte(achat)


def test_rc12_une_signature_exigee_est_justifiee_et_conforme_a_l_annexe_12():
    lu = texte(
        replace(
            AOO, signature=Signature(exigee_au_depot=True, justification="un financeur la demande")
        )
    )

    assert "exigée au dépôt. Raison : un financeur la demande." in lu
    assert "signature avancée, avec un certificat qualifié" in lu and "XAdES, CAdES et PAdES" in lu
    assert (
        "Signez chaque fichier, un par un." in lu
        and "Vous choisissez librement votre outil de signature." in lu
    )


@TOUS
def test_rc13_rc14_la_copie_de_sauvegarde_dit_ou_quand_et_les_deux_cas_d_ouverture(achat):
    lu = texte(achat)

    assert (
        "Mairie, 1 place de la Mairie" in lu
        and "de 14 h à 17 h" in lu
        and "« copie de sauvegarde »" in lu
    )
    assert "La copie de sauvegarde électronique n'est pas permise." in lu
    assert (
        "un programme malveillant est trouvé" in lu
        and "incomplète, arrivée hors délai, ou n'a pas pu être ouverte" in lu
    )
    assert "son envoi doit avoir commencé avant l'heure limite" in lu


def test_rc13_sans_horaires_dits_ceux_de_l_accueil_valent():
    sans = replace(MAPA, copie_de_sauvegarde=replace(MAPA.copie_de_sauvegarde, horaires=""))

    assert "aux heures d'ouverture de l'accueil" in texte(sans)
    assert "À compléter" not in texte(sans)


def test_rc13_une_copie_electronique_permise_nomme_son_outil():
    copie = replace(
        MAPA.copie_de_sauvegarde, electronique="coffre en ligne https://copies.example/"
    )

    lu = texte(replace(MAPA, copie_de_sauvegarde=copie))
    assert "est permise, avec cet outil, conforme à l'annexe 8 du code : coffre en ligne" in lu
    assert "n'est pas permise" not in lu


def test_rc15_le_dernier_depot_remplace_les_precedents_lot_par_lot():
    assert "le dernier dépôt remplace les précédents" in texte(MAPA) and "R. 2151-6" in texte(MAPA)
    assert "La règle vaut pour chaque lot, séparément." in texte(MAPA)
    assert "La règle vaut pour chaque lot" not in texte(AOO)


def test_rc15_en_concession_tous_les_depots_recus_a_temps_sont_examines():
    lu = texte(CONCESSION)

    assert "Chaque dépôt reçu à temps est examiné." in lu and "n° 454801" in lu
    assert "R. 2151-6" not in lu


@TOUS
def test_rc16_une_reponse_en_retard_est_eliminee(achat):
    assert "reçue hors délai est éliminée. Elle est conservée sans être ouverte." in texte(achat)


@TOUS
def test_rc17_un_fichier_infecte_est_mis_a_l_ecart_et_sa_trace_gardee(achat):
    assert "Un fichier infecté est mis à l'écart et la trace en est gardée." in texte(achat)


def test_rc18_chaque_lot_a_son_numero_son_intitule_son_code_et_la_regle_d_attribution():
    lu = texte(MAPA)

    assert "est divisé en 3 lots" in lu
    assert all(
        f"{lot.numero}\n{lot.intitule}\n{lot.code_cpv}" in lu for lot in MAPA.allotissement.lots
    )
    assert "Une même entreprise peut obtenir tous les lots." in lu
    assert "peut obtenir 1 lot au plus. Si elle en gagne davantage : le lot 1 d'abord." in texte(
        RESERVE
    )


def test_rc19_ne_pas_faire_de_lots_se_justifie():
    assert (
        "n'est pas divisé en lots. Raison : les repas sortent d'une seule cuisine. (CCP, art. "
        "L. 2113-11)"
    ) in texte(AOO)


@TOUS
def test_rc20_rc21_les_criteres_et_leurs_poids_font_cent(achat):
    lu = texte(achat)

    assert (
        "Prix\n50 points\nValeur technique\n35 points\ndont : Organisation du chantier\n20 points"
        in lu
    )
    assert "Total\n100 points" in lu


def test_rc20_des_criteres_propres_a_un_lot_ont_leur_tableau():
    lots = (
        replace(
            MAPA.allotissement.lots[0],
            criteres=(Critere(nom="Coût global", sorte="coût", poids=Decimal(100)),),
        ),
        Lot(numero=2, intitule="B"),
    )

    lu = texte(replace(MAPA, allotissement=replace(MAPA.allotissement, lots=lots)))
    assert (
        "Critères des autres lots" in lu
        and "Critères du lot 1, Charpente\nCritère\nPoids\nCoût global\n100 points" in lu
    )


def test_rc22_sans_poids_les_criteres_sont_par_ordre_d_importance():
    criteres = tuple(
        replace(critere, poids=None, sous_criteres=()) for critere in CONCESSION.criteres
    )

    lu = texte(replace(CONCESSION, criteres=criteres))
    assert (
        "par ordre décroissant d'importance" in lu
        and "1\nPrix\n2\nValeur technique" in lu
        and "Total" not in lu
    )


@TOUS
def test_rc23_le_critere_sur_l_environnement_est_nomme(achat):
    assert (
        "Le critère « Environnement : tri et réemploi des déchets » porte sur l'environnement."
        in texte(achat)
    )


def test_rc23_un_prix_seul_depuis_la_loi_climat_laisse_un_manque_visible():
    lu = texte(replace(MAPA, criteres=(Critere(nom="Prix", sorte="prix", poids=Decimal(100)),)))

    assert "[À compléter : un critère qui porte sur l'environnement]" in lu


@TOUS
def test_rc24_la_condition_environnementale_est_dite(achat):
    assert "Condition d'exécution sur l'environnement : " in texte(achat)


def test_rc24_la_condition_sociale_ou_son_exception_est_dite():
    durabilite = replace(
        AOO.execution.durabilite, condition_sociale="", exception_sociale="aucun lien suffisant"
    )
    exception = replace(
        AOO,
        execution=replace(AOO.execution, durabilite=replace(durabilite, heures_d_insertion=None)),
    )

    assert (
        "une part des heures revient à des personnes en insertion. (CCP, art. L. 2112-2-1)"
        in texte(AOO)
    )
    assert "au moins 800 heures" in texte(AOO)
    assert "Aucune condition sociale n'est prévue. Raison : aucun lien suffisant." in texte(
        exception
    )


def test_rc25_un_chiffre_d_affaires_minimal_cite_son_plafond():
    assert "doit atteindre 400 000 € HT. (CCP, art. R. 2142-6 et R. 2142-7)" in texte(AOO)


@MARCHES
def test_rc26_rc28_les_preuves_viennent_de_la_seule_entreprise_retenue(achat):
    lu = texte(achat)

    assert "Seule l'entreprise retenue devra les fournir. (CCP, art. R. 2144-4)" in lu
    assert "R. 2143-13" in lu and "R. 2143-14" in lu and "De simples copies suffisent." in lu


@MARCHES
def test_rc27_le_dume_est_accepte_et_le_dume_simplifie_permis_ou_non(achat):
    simplifie = replace(achat, candidature=replace(achat.candidature, dume_simplifie=True))

    assert "document unique de marché européen (DUME)" in texte(achat)
    assert "Le DUME simplifié n'est pas permis" in texte(
        achat
    ) and "Le DUME simplifié est permis" in texte(simplifie)
    assert "Les formulaires DC1 et DC2 de l'État sont acceptés aussi." in texte(achat)


@pytest.mark.parametrize(
    ("achat", "attendu"),
    [
        (
            replace(MAPA, offre=replace(MAPA.offre, variantes=Variantes())),
            "Les variantes sont autorisées",
        ),
        (
            AOO,
            (
                "Les variantes sont interdites. Répondez exactement à ce qui est demandé. (CCP, "
                "art. R. 2151-8, 1°, a)"
            ),
        ),
        (
            replace(AOO, acheteur=replace(AOO.acheteur, type_d_acheteur="entité adjudicatrice")),
            "Une variante est une autre façon de répondre au besoin. (CCP, art. R. 2151-8, 1°, b)",
        ),
        (
            replace(
                MAPA,
                offre=replace(
                    MAPA.offre, variantes=Variantes(regime="exigées", exigences_minimales="en bois")
                ),
            ),
            "Une variante doit respecter au moins ceci : en bois. (CCP, art. R. 2151-10)",
        ),
    ],
)
def test_rc29_les_variantes_suivent_le_choix_ou_le_code(achat, attendu):
    assert attendu in texte(achat)


@pytest.mark.parametrize("achat", [AOR, PROCEDURE_AVEC_NEGOCIATION], ids=["aor", "pn"])
def test_rc30_deux_temps_disent_combien_de_candidats_et_comment_ils_sont_choisis(achat):
    lu = texte(achat)

    assert f"Il en invite au moins {achat.candidature.candidats_minimum}, au plus 8." in lu
    assert (
        "qualité des références" in lu and "Date et heure limites de remise des candidatures" in lu
    )


def test_rc31_la_forme_du_groupement_vient_apres_l_attribution_et_se_justifie():
    lu = texte(MAPA)

    assert "Aucune forme de groupement n'est imposée pour répondre. Après l'attribution" in lu
    assert "devra être solidaire. Raison : les trois corps de métier" in lu
    assert (
        "Le cumul de candidatures est permis." in lu
        and "Le cumul de candidatures est interdit." in texte(AOO)
    )


def test_rc32_la_negociation_suit_la_procedure():
    assert "Il se réserve la possibilité d'attribuer le marché sans négociation." in texte(MAPA)
    assert "L'acheteur ne négocie pas." in texte(AOO) and "R. 2161-5" in texte(AOO)
    assert "R. 2161-11" in texte(AOR)
    assert "d'après les offres initiales, sans négociation. (CCP, art. R. 2161-17)" in texte(
        PROCEDURE_AVEC_NEGOCIATION
    )
    assert "deux tours au plus" in texte(CONCESSION) and "L. 3121-1" in texte(CONCESSION)


@pytest.mark.parametrize("achat", [MAPA, RESERVE])
def test_rc33_une_procedure_adaptee_ne_cite_aucune_procedure_formalisee(achat):
    lu = texte(achat)

    assert (
        "appel d'offres" not in lu.lower()
        and "R. 2161" not in lu
        and "R. 2124" not in lu
        and "R. 2152-12" not in lu
    )


def test_rc34_un_accord_cadre_dit_son_maximum_et_ses_titulaires():
    lu = texte(ACCORD_CADRE)

    assert "Le maximum, pour toute la durée, est de 800 000 € HT. (CCP, art. R. 2162-4)" in lu
    assert "conclu avec 3 titulaires au plus. Il s'exécute par bons de commande." in lu


def test_rc34_une_duree_de_plus_de_quatre_ans_se_justifie():
    longue = replace(ACCORD_CADRE, execution=replace(ACCORD_CADRE.execution, reconductions=4))

    assert "La durée dépasse 4 ans. Raison : [À compléter : la raison de cette durée]" in texte(
        longue
    )
    assert "La durée dépasse" not in texte(ACCORD_CADRE)


def test_rc35_des_prestations_similaires_disent_les_trois_ans():
    assert "dans les trois ans qui suivent la notification. (CCP, art. R. 2122-7)" in texte(RESERVE)
    assert "similaires" not in texte(AOO)


@TOUS
def test_rc36_la_validite_des_offres_est_dite(achat):
    assert "Votre offre vous engage pendant 120 jours" in texte(achat)


@MARCHES
def test_rc37_le_ccag_est_celui_de_l_achat(achat):
    assert (
        f"le CCAG {achat.execution.ccag}. (CCP, art. R. 2112-2 ; arrêtés du 30 mars 2021)"
        in texte(achat)
    )


@TOUS
def test_rc38_les_recours_nomment_le_tribunal_son_contact_et_les_delais(achat):
    lu = texte(achat)

    assert "tribunal administratif de Lille" in lu and "03 59 54 23 42" in lu
    assert (
        "référé précontractuel" in lu
        and "référé contractuel" in lu
        and "6 mois" in lu
        and "2 mois" in lu
    )


def test_rc38_le_refere_contractuel_dit_ses_deux_delais_a_chaque_procedure():
    assert (
        "dans les 31 jours qui suivent l'avis d'attribution publié au JOUE. Sans cet avis, "
        "dans les 6 mois"
    ) in texte(AOO)
    assert (
        "dans les 6 mois qui suivent la signature, "
        "ou dans les 31 jours qui suivent l'avis d'attribution publié au JOUE "
        "si l'acheteur en publie un"
    ) in texte(MAPA)


def test_rc37_le_ccag_de_maitrise_d_oeuvre_prend_son_accent():
    achat = replace(MAPA, execution=replace(MAPA.execution, ccag="Maitrise d'œuvre"))

    assert "le CCAG Maîtrise d'œuvre." in texte(achat)


def test_les_articles_d_un_meme_texte_le_nomment_une_fois():
    citation = cite(
        Article("CCP", "R. 2112-2"), Article("CCP", "R. 2131-1"), Article("CJA", "L. 551-1")
    )

    assert en_texte((citation,)).replace("\N{NO-BREAK SPACE}", " ") == (
        " (CCP, art. R. 2112-2 et R. 2131-1 ; CJA, art. L. 551-1)"
    )


def test_un_article_compose_se_separe_par_un_point_virgule():
    citation = cite(Article("CCP", "R. 2143-3, 1°"), Article("CCP", "L. 2141-1 à L. 2141-5"))

    assert "R. 2143-3, 1° ; L. 2141-1" in en_texte((citation,)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("achat", [AOO, MAPA], ids=["appel d'offres", "procédure adaptée"])
def test_aucune_citation_ne_repete_le_nom_de_son_texte(achat):
    assert not re.search(r"\(CCP,\sart\.[^)]*;\sCCP,\sart\.", texte(achat))


def test_rc39_le_delai_de_suspension_ne_concerne_que_les_procedures_formalisees():
    assert "n'est pas signé avant 11 jours." in texte(AOO) and "R. 2182-1" in texte(AOO)
    assert "R. 3125-2" in texte(CONCESSION)
    assert "suspension" not in texte(MAPA)


def test_rc40_une_visite_obligatoire_se_dit():
    obligatoire = replace(MAPA, offre=replace(MAPA.offre, visite_obligatoire=True))

    assert "Vous pouvez visiter les lieux." in texte(MAPA)
    assert "Une visite des lieux est obligatoire. (CCP, art. R. 2151-3)" in texte(obligatoire)


def test_rc41_des_echantillons_et_leur_prime_se_disent():
    lu = texte(
        replace(
            MAPA, offre=replace(MAPA.offre, echantillons="une tuile, en mairie", prime="200 euros")
        )
    )

    assert (
        "Échantillons ou maquettes à remettre : une tuile, en mairie." in lu
        and "Prime versée : 200 euros." in lu
    )


def test_rc42_un_contrat_ou_un_lot_reserve_le_dit():
    reserve = replace(AOO, candidature=Candidature(reserve_a="entreprises adaptées"))
    concession = replace(CONCESSION, candidature=Candidature(reserve_a="entreprises adaptées"))

    assert "Le lot 1 est réservé à : entreprises adaptées et ESAT." in texte(
        RESERVE
    ) and "R. 2113-7" in texte(RESERVE)
    assert "Ce marché est réservé à : entreprises adaptées." in texte(reserve)
    assert "R. 3113-1" in texte(concession)


@MARCHES
def test_rc45_le_paiement_dit_son_delai_et_chorus_pro(achat):
    assert "dans les 30 jours qui suivent" in texte(achat)
    assert "Chorus Pro : SIRET 21620999900012, code service MARCHES." in texte(achat)


@TOUS
def test_rc46_les_donnees_personnelles_ont_un_responsable_un_sous_traitant_et_un_contact(achat):
    lu = texte(achat)

    assert "Responsable de leur traitement : Commune de Saint-Ambroise." in lu
    assert (
        "Sous-traitant : Centre de gestion de Trébuchet, qui tient la plateforme." in lu
        and "dpo@saint-ambroise.example" in lu
    )


@TOUS
def test_rc47_la_langue_et_la_traduction_sont_dites(achat):
    assert (
        "Rédigez votre réponse en français. Pour un document dans une autre langue, "
        "joignez une traduction."
    ) in texte(achat)


@TOUS
def test_rc48_l_aide_et_l_espace_d_essai_sont_dits(achat):
    assert "03 21 99 99 99" in texte(achat) and "https://marches.example/essai/" in texte(achat)


@TOUS
def test_rc49_un_message_envoye_a_l_adresse_donnee_informe_valablement(achat):
    assert "Un message envoyé à cette adresse vous informe valablement." in texte(
        achat
    ) and "n° 359921" in texte(achat)


def test_rc50_un_marche_ne_cite_que_la_deuxieme_partie_du_code_une_concession_que_la_troisieme():
    marches = {
        partie
        for achat in ACHATS.values()
        if achat is not CONCESSION
        for partie in parties_du_code(texte(achat))
    }

    assert marches == {"2"}
    assert parties_du_code(texte(CONCESSION)) == {"3"}


def parties_du_code(lu: str) -> set[str]:
    """Les parties du code de la commande publique citées : le premier chiffre de chaque article."""
    citations = re.findall(r"CCP, art\. ([^)]*)", lu)
    return {partie for citation in citations for partie in re.findall(r"[LRD]\. (\d)", citation)}
