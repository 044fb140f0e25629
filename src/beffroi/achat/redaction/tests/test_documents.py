"""Les cinq documents :
rien d'inventé, ce qui manque se voit et mène à son champ, le français est simple.
"""

import re
from dataclasses import replace

import pytest

from beffroi.achat.redaction import documents, fichiers, portee
from beffroi.achat.redaction.tests.achats import (
    ACHATS,
    AOO,
    CONCESSION,
    DROIT,
    MAINTENANT,
    MAPA,
    RESERVE,
    VIDE,
)
from beffroi.achat.redaction.tests.textes import texte
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from droit.achat import Acheteur, Candidature, Execution, PieceDemandee
from formats.document import Paragraphe

MOTS_D_UNE_PHRASE = 20
TOUS = pytest.mark.parametrize("achat", [*ACHATS.values(), VIDE], ids=[*ACHATS, "vide"])


def champs(achat) -> list[str]:
    return [manque.champ for manque in documents.a_completer(achat, DROIT, MAINTENANT)]


def suivre(achat, champ: str):
    """La valeur au bout du chemin : `allotissement.lots.0.code_cpv`."""
    valeur = achat
    for pas in champ.split("."):
        valeur = valeur[int(pas)] if pas.isdigit() else getattr(valeur, pas)
    return valeur


@pytest.mark.parametrize("achat", ACHATS.values(), ids=ACHATS)
def test_un_achat_entier_ne_laisse_rien_a_completer(achat):
    assert champs(achat) == []
    assert all(
        "À compléter" not in texte(d) for d in documents.tous(achat, DROIT, MAINTENANT).values()
    )


def test_un_achat_a_peine_commence_laisse_des_manques_et_se_dit_projet():
    reglement = documents.reglement(VIDE, DROIT, MAINTENANT)

    assert "dates.limite" in champs(VIDE) and "execution.duree_en_mois" in champs(VIDE)
    assert texte(reglement).count("[À compléter : la date et l'heure limites]") == 2
    assert f"Projet. {len(reglement.manques())} informations manquent encore" in texte(reglement)
    assert "Projet." not in texte(documents.reglement(MAPA, DROIT, MAINTENANT))


def test_le_reglement_imprime_l_empreinte_de_qui_a_signe_les_cles():
    plateforme = replace(MAPA.plateforme, signataire_des_cles="0123abcd" * 4)

    signe = texte(documents.reglement(replace(MAPA, plateforme=plateforme), DROIT, MAINTENANT))

    assert "d'empreinte 0123abcd 0123abcd 0123abcd 0123abcd. La page" in signe
    assert "d'empreinte" not in texte(documents.reglement(MAPA, DROIT, MAINTENANT))


@TOUS
def test_chaque_manque_mene_a_un_champ_de_l_achat_qui_est_vide(achat):
    assert [champ for champ in champs(achat) if suivre(achat, champ)] == []


def test_un_manque_dit_les_documents_qui_l_attendent():
    sans_duree = replace(MAPA, execution=replace(MAPA.execution, duree_en_mois=None))

    (manque,) = documents.a_completer(sans_duree, DROIT, MAINTENANT)
    assert manque.libelle.replace("\N{NO-BREAK SPACE}", " ") == "la durée du contrat"
    assert manque.documents == ("Règlement de la consultation", "Acte d’engagement")


def test_un_code_cpv_de_lot_absent_mene_a_ce_lot():
    sans_code = tuple(
        replace(lot, code_cpv="") if lot.numero == 2 else lot for lot in MAPA.allotissement.lots
    )

    assert champs(replace(MAPA, allotissement=replace(MAPA.allotissement, lots=sans_code))) == [
        "allotissement.lots.1.code_cpv"
    ]


def test_hors_de_lille_le_greffe_n_est_pas_invente():
    ailleurs = replace(MAPA, acheteur=replace(MAPA.acheteur, code_postal="80000"))

    assert champs(ailleurs) == ["acheteur.contact_du_tribunal"]
    assert "tribunal administratif d'Amiens" in texte(
        documents.reglement(ailleurs, DROIT, MAINTENANT)
    )


def test_le_tribunal_dit_par_l_acheteur_l_emporte_et_ne_prend_pas_le_contact_d_un_autre():
    choisi = replace(
        MAPA, acheteur=replace(MAPA.acheteur, tribunal="tribunal administratif d'Amiens")
    )

    assert "03 59 54 23 42" not in texte(documents.reglement(choisi, DROIT, MAINTENANT))


@TOUS
def test_une_phrase_ecrite_ici_a_vingt_mots_au_plus(achat):
    ecrits = documents.tous(depouiller(achat), DROIT, MAINTENANT).values()
    phrases = [
        phrase for document in ecrits for bloc in document.blocs() for phrase in phrases_de(bloc)
    ]

    assert [phrase for phrase in phrases if len(phrase.split()) > MOTS_D_UNE_PHRASE] == []


def depouiller(achat):
    """Les textes reçus réduits à un mot : seules comptent les phrases de l'outil."""
    motif = achat.candidature.motif_de_la_forme and "motif"
    return replace(
        achat,
        objet="Objet",
        titre="Titre",
        candidature=replace(achat.candidature, motif_de_la_forme=motif),
    )


def phrases_de(bloc):
    """Les phrases d'un paragraphe, sans les articles cités ;
    ce qui suit « : » est une liste ou un texte reçu.
    """
    if isinstance(bloc, Paragraphe):
        dit = "".join(segment.texte for segment in bloc.phrase if segment.sorte != "source")
        yield from re.split(r"[.:;?]\s", dit.replace("\N{NO-BREAK SPACE}", " ") + " ")


def test_l_acte_d_engagement_suit_la_forme_du_prix():
    unitaire = texte(documents.acte_d_engagement(AOO, DROIT, MAINTENANT))
    forfait = texte(documents.acte_d_engagement(MAPA, DROIT, MAINTENANT))
    mixte = texte(
        documents.acte_d_engagement(
            replace(MAPA, execution=replace(MAPA.execution, forme_de_prix="mixte")),
            DROIT,
            MAINTENANT,
        )
    )

    assert "Montant TTC en lettres" in forfait and "bordereau" not in forfait
    assert "bordereau des prix" in unitaire and "Montant TTC en lettres" not in unitaire
    assert "bordereau des prix" in mixte and "Montant TTC en lettres" in mixte


def test_l_acte_d_engagement_prend_le_prix_de_chaque_tranche_et_de_chaque_option():
    lu = texte(documents.acte_d_engagement(RESERVE, DROIT, MAINTENANT))

    assert (
        "Année 1, montant hors taxes\nAnnée 2, montant hors taxes" in lu
        and "Arrosage, montant hors taxes" in lu
    )
    assert "☐ lot 1 : Centre" in lu


def test_l_engagement_d_un_concessionnaire_n_a_ni_facture_ni_avance():
    lu = texte(documents.acte_d_engagement(CONCESSION, DROIT, MAINTENANT))

    assert "Chorus Pro" not in lu and "avance" not in lu and "comptes prévisionnels" in lu


def test_la_lettre_affirme_sur_l_honneur_ce_que_le_code_demande():
    marche = texte(documents.lettre_de_candidature(MAPA, DROIT, MAINTENANT))
    concession = texte(documents.lettre_de_candidature(CONCESSION, DROIT, MAINTENANT))

    assert (
        "L. 2141-1 à L. 2141-5 et L. 2141-7 à L. 2141-11" in marche
        and "L. 5212-1 à L. 5212-11" in marche
    )
    assert "L. 3123-1 à L. 3123-14" in concession and "R. 2143-3" not in concession


def test_la_declaration_ne_demande_que_ce_que_l_achat_demande():
    sobre = texte(
        documents.declaration_du_candidat(
            replace(AOO, candidature=Candidature()), DROIT, MAINTENANT
        )
    )
    exigeante = texte(documents.declaration_du_candidat(AOO, DROIT, MAINTENANT))

    assert (
        "Aucune autre pièce n'est demandée." in sobre and "Chiffre d'affaires annuel" not in sobre
    )
    assert "Chiffre d'affaires annuel" in exigeante and "Bilans" in exigeante
    assert "Statut : entreprises adaptées et ESAT" in texte(
        documents.declaration_du_candidat(RESERVE, DROIT, MAINTENANT)
    )


def test_la_liste_des_pieces_separe_candidature_et_offre():
    lu = texte(documents.pieces_attendues(MAPA, DROIT, MAINTENANT))

    candidature, offre = lu.split("Dans l'enveloppe « offre »")
    assert "Effectifs et qualifications" in candidature and "Mémoire technique" not in candidature
    assert (
        "Mémoire technique (chaque lot)" in offre
        and "mardi 12 janvier 2027 à 11 h 00" in candidature
    )


def test_le_modele_attendu_ne_se_demande_pas_deux_fois():
    """Les pièces d'usage de la plateforme nomment les deux modèles que le dossier contient déjà."""
    usuelles = tuple(
        PieceDemandee(intitule=intitule, enveloppe="candidature")
        for intitule in (
            "Lettre de candidature (DC1 ou DUME)",
            "Déclaration du candidat (DC2 ou DUME)",
        )
    )
    achat = replace(MAPA, candidature=Candidature(), offre=replace(MAPA.offre, pieces=usuelles))

    assert (
        texte(documents.pieces_attendues(achat, DROIT, MAINTENANT)).count("Lettre de candidature")
        == 1
    )
    assert "DC1 ou DUME" not in texte(documents.declaration_du_candidat(achat, DROIT, MAINTENANT))
    assert "Aucune autre pièce n'est demandée pour la candidature." in texte(
        documents.reglement(achat, DROIT, MAINTENANT)
    )


def test_l_acte_d_engagement_parle_de_l_entreprise_qui_le_signe():
    lu = texte(documents.acte_d_engagement(MAPA, DROIT, MAINTENANT))

    assert "L'offre engage l'entreprise pendant" in lu and "Votre offre" not in lu


def test_la_condition_sur_l_environnement_se_lit_avant_le_prix_non_dedans():
    lu = texte(documents.reglement(MAPA, DROIT, MAINTENANT))

    assert lu.index("Condition d'exécution sur l'environnement") < lu.index("Le prix est")


def test_en_deux_temps_la_liste_n_attend_pas_d_offre():
    assert "enveloppe « offre »" not in texte(
        documents.pieces_attendues(ACHATS["aor"], DROIT, MAINTENANT)
    )


@pytest.mark.parametrize(
    "procedure", ["concours", "sans_publicite", "systeme_acquisition_dynamique"]
)
def test_une_procedure_non_servie_se_refuse_et_dit_pourquoi(procedure):
    with pytest.raises(RegleEnfreinte) as refus:
        documents.reglement(replace(MAPA, procedure=procedure), DROIT, MAINTENANT)

    assert "ne s'écrit pas encore ici" in str(refus.value.motifs[0])


def test_une_concession_ne_suit_pas_la_procedure_d_un_marche():
    decision = portee.peut_s_ecrire(replace(CONCESSION, procedure="appel_offres_ouvert"), DROIT)

    assert not decision.favorable and "ne va pas avec ce contrat" in str(decision.motifs[0])
    assert not portee.peut_s_ecrire(replace(MAPA, contrat="défense ou sécurité"), DROIT).favorable


def test_chaque_document_est_un_pdf_et_un_odt():
    rendus = fichiers.fichiers(MAPA, DROIT, MAINTENANT)

    assert [f.nom for f in rendus][:2] == ["reglement.pdf", "reglement.odt"] and len(rendus) == 10
    assert all(f.octets.startswith(b"%PDF" if f.nom.endswith("pdf") else b"PK") for f in rendus)


def test_un_texte_recu_hostile_reste_du_texte():
    hostile = replace(
        MAPA,
        titre='#read("/etc/passwd")',
        objet="<b>&amp;</b>\n\n*x*",
        acheteur=Acheteur(nom="[a](b)", siret="0"),
    )

    rendus = fichiers.fichiers(replace(hostile, execution=Execution()), DROIT, MAINTENANT)
    assert len(rendus) == 10
    assert "<b>&amp;</b>\n*x*" in texte(documents.reglement(hostile, DROIT, MAINTENANT))
