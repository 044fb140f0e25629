"""Recevoir, répondre, ranger, fusionner, effacer ;
ce que le journal en garde, et ce qu'il n'en garde pas.
"""

from datetime import timedelta

import pytest

from beffroi.centre.interventions.tests.theatre import agent, centre, en_service
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.service.assistance import queries
from beffroi.service.assistance.models import Demande, Message
from beffroi.service.assistance.services import conservation, demandes, reponses
from beffroi.service.assistance.services.demandes import Personne, Saisie
from beffroi.service.assistance.services.modeles import Modele, ecrire_un_modele, retirer_un_modele
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
SOPHIE = Personne(
    nom="Sophie Delattre", courriel="sophie@faitage.example", telephone="06 12 34 56 78"
)
HEURE = timedelta(hours=1)


@pytest.fixture
def samir():
    return agent(centre(), "Samir Technicien", "technicien")


@pytest.fixture
def martine():
    organisme = en_service()
    return organisme.habilitations.get().utilisateur


def demander(texte="L'écran reste vide", *, cle="un", personne=SOPHIE, le=LUNDI, **saisie):
    return demandes.demander(
        saisie=Saisie(texte=texte, cle=cle, **saisie),
        personne=personne,
        canal=Demande.Canal.WEB,
        maintenant=le,
    )


def courriels(demande):
    return list(Courriel.objects.filter(sujet__contains=f"[{demande.reference}]").order_by("pk"))


def test_une_demande_recue_dit_quand_on_repondra(db):
    demande = demander("L'écran reste vide\nDepuis ce matin", objet="2026-0142")

    assert demande.sujet == "L'écran reste vide"
    assert demande.promise_pour > LUNDI
    (courriel,) = courriels(demande)
    assert courriel.destinataire == SOPHIE.courriel and "au plus tard le" in courriel.texte
    assert demande.messages.get().texte == "L'écran reste vide\nDepuis ce matin"


def test_a_une_adresse_que_rien_ne_prouve_l_accuse_ne_redit_pas_ce_qui_est_tape(db):
    demande = demander("Compte fermé : https://evil.example/connexion", objet="evil.example")

    (courriel,) = courriels(demande)
    assert courriel.sujet == f"[{demande.reference}] Votre demande"
    assert "evil.example" not in courriel.texte and "Compte fermé" not in courriel.texte


def test_un_second_clic_ne_fait_pas_deux_demandes(db):
    assert demander().pk == demander().pk
    assert Demande.objects.count() == 1


def test_le_journal_sait_sans_rien_dire_de_la_personne(db):
    demande = demander("Mon offre vaut 12 000 euros")

    ecriture = Ecriture.objects.get(sujet=demande.reference)
    assert ecriture.acte == "demande.recevoir"
    garde = str(ecriture.contenu)
    assert "12 000" not in garde and "Sophie" not in garde and "sophie@" not in garde


def test_repondre_a_temps_puis_la_personne_rouvre(samir):
    demande = demander()
    reponses.repondre(
        demande=demande,
        texte="Rechargez la page.",
        suite="resoudre",
        par=samir,
        maintenant=LUNDI + HEURE,
    )
    demande.refresh_from_db()
    assert (demande.etat, demande.repondue_le, demande.a_temps) == ("resolue", LUNDI + HEURE, True)
    assert "Rechargez la page." in courriels(demande)[1].texte

    demandes.ajouter_une_suite(
        demande=demande,
        texte="Toujours vide.",
        par=demandes.SANS_COMPTE,
        canal="web",
        maintenant=LUNDI + 2 * HEURE,
    )
    demande.refresh_from_db()
    assert (demande.etat, demande.resolue_le) == ("recue", None)
    assert demande.repondue_le == LUNDI + HEURE  # la promesse portait sur la première réponse
    assert [ligne.demande.pk for ligne in queries.file(le=LUNDI + 2 * HEURE)] == [demande.pk]


def test_un_agent_s_en_charge_et_un_autre_peut_la_reprendre(samir):
    demande, lea = demander(), agent(centre(), "Léa Technicienne", "technicien")

    prise = reponses.prendre(demande=demande, par=samir, maintenant=LUNDI)
    assert (prise.etat, prise.prise_par) == ("prise", samir)
    reponses.prendre(demande=demande, par=lea, maintenant=LUNDI + HEURE)

    assert Demande.objects.get().prise_par == lea
    assert Ecriture.objects.filter(acte="demande.prendre", sujet=demande.reference).count() == 2


def test_la_meme_suite_deux_fois_ne_s_ecrit_qu_une(db):
    demande = demander()
    for _ in range(2):
        demandes.ajouter_une_suite(
            demande=demande,
            texte="Et maintenant ?",
            par=demandes.SANS_COMPTE,
            canal="web",
            maintenant=LUNDI + HEURE,
        )
    assert demande.messages.count() == 2


def test_une_note_interne_ne_sort_pas_du_centre(samir):
    demande = demander()
    reponses.noter(demande=demande, texte="Elle a mauvais caractère", par=samir, maintenant=LUNDI)

    assert queries.fil(demande, au_centre=True).count() == 2
    assert not queries.fil(demande, au_centre=False).filter(sens=Message.Sens.INTERNE).exists()
    assert len(courriels(demande)) == 1


def test_ranger_recompte_la_promesse_depuis_la_reception(samir):
    demande = demander()
    avant = demande.promise_pour
    rangee = reponses.ranger(
        demande=demande, categorie="juridique", objet="", par=samir, maintenant=LUNDI + HEURE
    )
    assert rangee.promise_pour > avant
    assert (
        reponses.ranger(
            demande=demande,
            categorie="technique",
            objet="",
            par=samir,
            maintenant=LUNDI + 3 * HEURE,
        ).promise_pour
        == avant
    )


def test_fusionner_garde_tout_sous_les_yeux_de_la_meme_personne(samir, martine):
    premiere, seconde = demander(cle="un"), demander("Toujours rien", cle="deux")
    autre = demander("Autre chose", cle="trois", personne=Personne(compte=martine))
    with pytest.raises(RegleEnfreinte, match="pas de la même personne"):
        reponses.fusionner(demande=seconde, dans=autre, par=samir, maintenant=LUNDI)

    reponses.fusionner(demande=seconde, dans=premiere, par=samir, maintenant=LUNDI)
    assert [message.texte for message in queries.fil(premiere, au_centre=False)] == [
        "L'écran reste vide",
        "Toujours rien",
    ]
    # Ce qu'elle écrit ensuite à l'ancienne arrive dans celle qui reste.
    demandes.ajouter_une_suite(
        demande=seconde,
        texte="Ça revient",
        par=demandes.SANS_COMPTE,
        canal="web",
        maintenant=LUNDI + HEURE,
    )
    assert premiere.messages.filter(texte="Ça revient").exists()
    with pytest.raises(ConflitEtat):
        reponses.repondre(
            demande=seconde, texte="Oui", suite="resoudre", par=samir, maintenant=LUNDI + HEURE
        )


def test_une_fusion_avec_une_demande_close_est_refusee(samir):
    premiere, seconde = demander(cle="un"), demander("Encore", cle="deux")
    reponses.repondre(demande=premiere, texte="Fait", suite="resoudre", par=samir, maintenant=LUNDI)
    with pytest.raises(RegleEnfreinte, match="est close"):
        reponses.fusionner(demande=seconde, dans=premiere, par=samir, maintenant=LUNDI)


def test_la_part_tenue_compte_aussi_ce_qui_n_a_pas_eu_de_reponse(samir):
    a_temps, tard, jamais = (demander(f"n° {n}", cle=str(n)) for n in range(3))
    reponses.repondre(
        demande=a_temps, texte="Voilà", suite="resoudre", par=samir, maintenant=LUNDI + HEURE
    )
    en_retard = tard.promise_pour + HEURE
    reponses.repondre(
        demande=tard, texte="Enfin", suite="resoudre", par=samir, maintenant=en_retard
    )

    technique = queries.engagements(depuis=LUNDI, le=en_retard)[0]
    assert (technique.dues, technique.tenues, technique.part) == (3, 1, 33)
    assert jamais.en_retard(en_retard)


def test_un_appel_sans_adresse_n_ecrit_a_personne(samir):
    demande = demander(personne=Personne(nom="Kevin", telephone="06 00 00 00 01"))
    reponses.repondre(
        demande=demande, texte="Dit au téléphone", suite="resoudre", par=samir, maintenant=LUNDI
    )
    assert courriels(demande) == []


def test_deux_ans_apres_il_ne_reste_que_l_acte(samir, martine):
    demande = demander(personne=Personne(compte=martine))
    reponses.repondre(demande=demande, texte="Voilà", suite="resoudre", par=samir, maintenant=LUNDI)
    conservation.effacer_les_echues(le=LUNDI + timedelta(days=729))
    assert demande.messages.count() == 2
    assert conservation.effacer_les_echues(le=LUNDI + timedelta(days=731)) == 1
    assert conservation.effacer_les_echues(le=LUNDI + timedelta(days=732)) == 0

    demande.refresh_from_db()
    assert (demande.messages.count(), demande.sujet, demande.courriel) == (0, "effacé", "")
    assert demande.a_temps is True


def test_le_motif_se_dit_en_fermant_et_jamais_d_une_autre_categorie(samir):
    demande = demander()
    with pytest.raises(RegleEnfreinte, match="pas de la catégorie"):
        reponses.repondre(
            demande=demande,
            texte="Oui",
            suite="resoudre",
            motif="reglement",
            par=samir,
            maintenant=LUNDI,
        )
    reponses.repondre(
        demande=demande, texte="Oui", suite="repondre", motif="depot", par=samir, maintenant=LUNDI
    )
    demande.refresh_from_db()
    assert demande.motif == ""

    reponses.repondre(
        demande=demande, texte="Oui", suite="resoudre", motif="depot", par=samir, maintenant=LUNDI
    )
    demande.refresh_from_db()
    assert demande.motif == "depot"


def test_ranger_ailleurs_oublie_un_motif_qui_n_y_est_pas(samir):
    demande = demander()
    reponses.repondre(
        demande=demande,
        texte="Oui",
        suite="resoudre",
        motif="connexion",
        par=samir,
        maintenant=LUNDI,
    )
    demandes.ajouter_une_suite(
        demande=demande,
        texte="Non.",
        par=demandes.SANS_COMPTE,
        canal="web",
        maintenant=LUNDI + HEURE,
    )
    ranger = {"demande": demande, "objet": "", "par": samir, "maintenant": LUNDI + HEURE}

    assert reponses.ranger(categorie="comptes", **ranger).motif == "connexion"
    assert reponses.ranger(categorie="juridique", **ranger).motif == ""


def test_les_motifs_comptent_les_demandes_resolues_de_la_periode(samir):
    for n, motif in enumerate(("depot", "depot", "")):
        demande = demander(f"n° {n}", cle=str(n))
        reponses.repondre(
            demande=demande, texte="Oui", suite="resoudre", motif=motif, par=samir, maintenant=LUNDI
        )
    demander("ouverte", cle="ouverte")

    comptes = queries.motifs(depuis=LUNDI, le=LUNDI + HEURE)
    assert {motif: len(qui) for motif, qui in comptes["technique"].items()} == {"depot": 2, "": 1}
    assert len(set(comptes["technique"]["depot"])) == 1
    assert queries.motifs(depuis=LUNDI + HEURE, le=LUNDI + 2 * HEURE)["technique"] == {}


def test_deux_modeles_n_ont_pas_le_meme_titre(samir):
    saisie = Modele("technique", "Code", "Redemandez-le.")
    modele = ecrire_un_modele(modele=None, saisie=saisie, par=samir.acteur, maintenant=LUNDI)
    with pytest.raises(RegleEnfreinte, match="déjà ce titre"):
        ecrire_un_modele(
            modele=None,
            saisie=Modele("comptes", "code", "Non."),
            par=samir.acteur,
            maintenant=LUNDI,
        )
    ecrire_un_modele(
        modele=modele,
        saisie=Modele("technique", "Code", "Mieux dit."),
        par=samir.acteur,
        maintenant=LUNDI,
    )
    retirer_un_modele(modele=modele, par=samir.acteur, maintenant=LUNDI)
    assert list(queries.modeles()) == []
