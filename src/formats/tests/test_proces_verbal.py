from dataclasses import replace

import pypdfium2

from formats import proces_verbal
from formats.tests.exemples import texte, un_proces_verbal


def test_le_proces_verbal_dit_qui_etait_la_ou_et_quand():
    lu = texte(proces_verbal.pdf(un_proces_verbal()))

    assert "mercredi 13 janvier 2027 De 18:02:00 à 19:10:32, heure de Paris" in lu
    assert "Salle du conseil" in lu
    assert "Alix Verdier maire N’a aucun lien avec eux." in lu
    assert "Alix Verdier membre 18:06:00" in lu


def test_chaque_enveloppe_dit_ses_pieces_son_integrite_et_ses_anomalies():
    lu = texte(proces_verbal.pdf(un_proces_verbal()))

    assert "1. Dupont SARL, offre, lot 1" in lu
    assert "memoire.pdf 84 Mo Intacte" in lu and "prix.ods 52 ko Différente" in lu
    assert (
        "Anomalie. L’attestation manque." in lu and "Observation. À demander après la séance." in lu
    )


def test_une_enveloppe_immense_ne_nomme_que_les_pieces_en_defaut():
    pv = un_proces_verbal()
    intacte, abimee = pv.enveloppes[0].pieces
    immense = replace(
        pv.enveloppes[0], pieces=(intacte,) * proces_verbal.PIECES_DETAILLEES + (abimee,)
    )

    lu = texte(proces_verbal.pdf(replace(pv, enveloppes=(immense,))))

    assert "1 001 pièces, dont 1 000 intactes." in lu
    assert "prix.ods 52 ko Différente" in lu and "memoire.pdf" not in lu


def test_une_enveloppe_vide_le_dit():
    pv = un_proces_verbal()

    assert "Cette enveloppe est vide." in texte(
        proces_verbal.pdf(
            replace(pv, enveloppes=(replace(pv.enveloppes[0], pieces=(), anomalies=()),))
        )
    )


def test_un_pli_hors_delai_est_a_part_avec_sa_preuve_et_la_decision():
    lu = texte(proces_verbal.pdf(un_proces_verbal()))

    apres = lu[lu.index("Les réponses arrivées hors délai") :]
    assert "Ecovert" in apres and "Retard 3 min 7 s" in apres
    assert "Décision de l’acheteur Rejeté" in apres and "sans panne du service" in apres


def test_le_recours_aux_gardiens_se_voit():
    recours = replace(un_proces_verbal(), recours_aux_gardiens="Deux gardiens ont ouvert.")

    assert "Recours aux gardiens. Deux gardiens ont ouvert." in texte(proces_verbal.pdf(recours))
    assert "Recours aux gardiens" not in texte(proces_verbal.pdf(un_proces_verbal()))


def test_les_incidents_les_empreintes_et_la_version_y_sont():
    lu = texte(proces_verbal.pdf(un_proces_verbal()))

    assert "18:20:00 Coupure du réseau de la mairie." in lu
    assert "Logiciel Beffroi 1.0.0" in lu and "Racine du journal" in lu


def test_une_seance_sans_pli_le_dit_en_toutes_lettres():
    vide = replace(
        un_proces_verbal(), depots=(), enveloppes=(), hors_delai=(), incidents=(), remarques=()
    )

    lu = texte(proces_verbal.pdf(vide))

    assert "Aucun dépôt n’a été reçu." in lu and "Aucune enveloppe n’a été ouverte." in lu
    assert "Aucun incident, aucune remarque." in lu


def test_une_enveloppe_illisible_ne_passe_pas_pour_vide():
    pv = un_proces_verbal()
    illisible = replace(pv.enveloppes[0], pieces=(), anomalies=("Cette enveloppe ne s’ouvre pas.",))

    lu = texte(proces_verbal.pdf(replace(pv, enveloppes=(illisible,))))

    assert "Aucune pièce n’en est sortie." in lu and "vide" not in lu


def test_une_enveloppe_sans_anomalie_le_dit():
    pv = un_proces_verbal()
    saine = replace(pv.enveloppes[0], pieces=pv.enveloppes[0].pieces[:1], anomalies=())

    assert "1 pièce, dont 1 intacte. Aucune anomalie." in texte(
        proces_verbal.pdf(replace(pv, enveloppes=(saine,)))
    )


def test_un_retard_que_la_seance_n_a_pas_decide_n_est_pas_nie():
    pv = un_proces_verbal()
    tardif = replace(pv.depots[0], hors_delai=True)

    lu = texte(proces_verbal.pdf(replace(pv, depots=(tardif,), hors_delai=())))

    assert "Un dépôt est arrivé après l’heure limite. Cette séance n’en a pas décidé." in lu
    assert "Aucune réponse n’est arrivée" not in lu


def test_l_absence_d_antivirus_se_dit_si_des_fichiers_sont_ouverts():
    dit = "Aucun antivirus n’est relié"
    pv = replace(
        un_proces_verbal(), antivirus="Aucun antivirus n'est relié : rien n'a été analysé."
    )

    assert dit in texte(proces_verbal.pdf(pv))
    assert dit not in texte(proces_verbal.pdf(replace(pv, enveloppes=())))


def test_qui_siege_sans_etre_a_la_table_a_sa_place_pour_signer():
    pv = replace(
        un_proces_verbal(),
        autres_signataires=(("Chloé Hennebelle", "commission d'appel d'offres"),),
    )

    lu = texte(proces_verbal.pdf(pv))

    assert "Chloé Hennebelle commission d’appel d’offres" in lu[
        lu.index("Les signatures") :
    ].replace("'", "’")


def test_une_seance_qui_passe_minuit_dit_les_deux_jours():
    pv = un_proces_verbal()
    longue = replace(pv, close_le=pv.close_le.replace(day=14, hour=0))

    assert "à 00:10:32 le jeudi 14 janvier 2027" in texte(proces_verbal.pdf(longue))


def test_une_observation_hostile_reste_du_texte():
    pv = un_proces_verbal()
    enveloppe = replace(
        pv.enveloppes[0], observations=('#read("/etc/passwd") *x* \N{RIGHT-TO-LEFT OVERRIDE}',)
    )

    lu = texte(proces_verbal.pdf(replace(pv, enveloppes=(enveloppe,))))

    assert '#read("/etc/passwd") *x* ⟨U+202E⟩' in lu


def test_le_proces_verbal_est_archivable_et_reproductible():
    octets = proces_verbal.pdf(un_proces_verbal())

    assert octets == proces_verbal.pdf(un_proces_verbal())
    assert b"<pdfuaid:part>1</pdfuaid:part>" in octets
    titre = pypdfium2.PdfDocument(octets).get_metadata_value("Title")
    assert titre == "Procès-verbal d’ouverture PV-2027-00007"
