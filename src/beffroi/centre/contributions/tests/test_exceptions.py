"""Les exceptions d'un appel : un tri qui s'additionne, une décision et sa phrase, une fois."""

from datetime import date

import pytest
from django.test import Client

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions import calcul, queries, tri
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.rules import exceptions as regles
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.exceptions import decider
from beffroi.centre.contributions.services.tarif import choisir
from beffroi.centre.contributions.tests.gestes import (
    JANVIER,
    LUNDI,
    MOTIF,
    agent_du_centre,
    declarer,
    ligne,
    mener,
    sans_insecables,
    sous_convention,
    tout_decider,
)
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = [pytest.mark.django_db, pytest.mark.base, pytest.mark.moteurs]
APPEL = "/cdg/contributions/2027/"


@pytest.mark.parametrize(
    "motif",
    [
        "",
        "x",
        "ok",
        "RAS",
        "vu vu vu vu",
        "vérifié",
        "vérifié vérifié vérifié vérifié",
        "a b c d e f",
        "aaaa bbbb cccc dddd",
        "sdfg hjkl qsdf wxcv",
        "1234 5678 9012 3456",
        "… … … …",
        "c'est bon ok",
        "mot " * 200,
    ],
)
def test_un_motif_qui_ne_dit_rien_est_refuse_avec_un_exemple(motif):
    refus = regles.motif_qui_dit(motif)

    assert not refus.favorable and "par exemple" in refus.motifs[0].texte


@pytest.mark.parametrize(
    "motif",
    [
        MOTIF,
        "Effectif demandé à la mairie le 12 janvier.",
        "Population confirmée par le maire, sans agent titulaire.",
        "Compte relu avec Mme la secrétaire générale.",
    ],
)
def test_une_vraie_phrase_est_admise(motif):
    assert regles.motif_qui_dit(motif).favorable


@pytest.fixture
def simule(fanny, grille):
    choisir(
        cle="presomption",
        valeur="2000",
        effet=date(2027, 1, 1),
        deliberation="2026-48",
        par=fanny,
        maintenant=LUNDI,
    )
    presume = sous_convention(1, agents=None, nom="Audincthun")
    sous_convention(2, agents=12, nom="Bomy")
    sous_convention(3, agents=612, nom="Calais")
    sous_convention(4, agents=350, nom="Desvres")
    marles = sous_convention(5, agents=None, nom="Marles")
    sous_convention(6, agents=420, nom="Norrent", debut=date(2027, 7, 1))
    sous_convention(7, agents=None, nom="CCAS de Lillers", nature="ccas")
    for qui, habitants in ((presume, 431), (marles, 2_140)):
        Adherent.objects.filter(pk=qui.pk).update(
            habitants=habitants, habitants_au=date(2027, 1, 1), source_des_habitants="INSEE"
        )
    return mener(2027, "figer", "simuler", par=fanny)


def rangs(exercice: Exercice) -> tri.Tri:
    bareme = calcul.bareme(exercice)
    return tri.trier(queries.contributions_de(exercice), bareme.tarif, bareme.parametres)


def test_chaque_adherent_se_range_sous_une_regle_et_le_total_s_additionne(simule):
    trie = rangs(simule)

    assert {rang.regle: rang.adherents for rang in trie.rangs} == {
        "presumes": 1,
        "sous_le_seuil": 1,
        "au_dessus": 1,
        "a_verifier": 4,
    }
    assert trie.titre == "Comment 7 adhérents sont devenus 4"
    assert trie.adherents == Contribution.objects.count()
    assert trie.montant == sum(une.montant or 0 for une in Contribution.objects.all())
    assert trie.montant_decide == 250


def test_decider_change_la_ligne_recopie_le_motif_et_le_total_s_additionne_encore(simule, fanny):
    voulues = {
        ligne(Adherent.objects.get(nom=nom)).reference: decision
        for nom, decision in (
            ("Desvres", "juste"),
            ("Marles", "presumer"),
            ("Norrent", "attendre"),
            ("CCAS de Lillers", "attendre"),
        )
    }

    decider(exercice=simule, decisions=voulues, motif=f" {MOTIF} ", par=fanny, maintenant=JANVIER)

    decidees = Contribution.objects.exclude(decision="").order_by("nom")
    assert [(une.nom, une.montant, une.presumee) for une in decidees] == [
        ("CCAS de Lillers", None, False),
        ("Desvres", 0, False),
        ("Marles", 0, True),
        ("Norrent", None, False),
    ]
    assert {(une.verification, une.verifiee_par, une.verifiee_le) for une in decidees} == {
        (MOTIF, fanny, JANVIER)
    }
    trie = rangs(simule)
    assert (trie.exceptions, trie.adherents, trie.attendus, trie.a_zero) == (0, 7, 2, 4)
    assert Ecriture.objects.filter(acte="contribution.decider").count() == 4
    assert queries.rejouer(2027).ecarts == []


def test_qui_attend_n_est_pas_appele_et_reste_a_appeler(simule, fanny, olivier):
    tout_decider(simule, par=fanny)
    mener(2027, "preparer", "valider", "emettre", par=fanny, ordonnateur=olivier)

    marles = ligne(Adherent.objects.get(nom="Marles"))
    assert (marles.decision, marles.numero) == ("attendre", None)
    assert Contribution.objects.exclude(numero=None).count() == 5


def test_recalculer_garde_ce_qui_est_decide_et_relire_la_ligne_l_oublie(simule, fanny):
    tout_decider(simule, par=fanny)
    mener(2027, "simuler", par=fanny)
    marles = Adherent.objects.get(nom="Marles")
    assert ligne(marles).decision == "attendre"

    services.relire_une_ligne(contribution=ligne(marles), par=fanny, maintenant=JANVIER)

    assert (ligne(marles).decision, ligne(marles).est_a_verifier) == ("", True)


@pytest.mark.parametrize(
    ("nom", "decision"),
    [("Desvres", "presumer"), ("Marles", "juste"), ("Norrent", "danser"), ("Norrent", "")],
)
def test_une_decision_qui_n_est_pas_de_cette_exception_est_refusee(simule, fanny, nom, decision):
    seule = ligne(Adherent.objects.get(nom=nom))

    with pytest.raises(RegleEnfreinte, match=f"{nom} : choisissez"):
        decider(
            exercice=simule,
            decisions={seule.reference: decision},
            motif=MOTIF,
            par=fanny,
            maintenant=JANVIER,
        )


def test_une_seule_mauvaise_ligne_et_rien_ne_s_ecrit(simule, fanny):
    bomy, desvres = (ligne(Adherent.objects.get(nom=nom)) for nom in ("Bomy", "Desvres"))
    decisions = {desvres.reference: "juste", bomy.reference: "juste"}
    dit = {"exercice": simule, "motif": MOTIF, "par": fanny, "maintenant": JANVIER}

    with pytest.raises(ConflitEtat, match="Bomy n'est plus une exception"):
        decider(decisions=decisions, **dit)
    with pytest.raises(ConflitEtat, match="n'est pas de cet appel"):
        decider(decisions={desvres.reference: "juste", "CT-22222222": "juste"}, **dit)
    with pytest.raises(RegleEnfreinte, match="Cochez au moins une ligne"):
        decider(decisions={}, **dit)
    assert not Contribution.objects.exclude(decision="").exists()


def test_la_seconde_personne_lit_qui_a_decide_et_rien_d_elle_ne_s_ecrit(simule, fanny):
    nadia = agent_du_centre("Nadia Petit", "gestionnaire")
    desvres = ligne(Adherent.objects.get(nom="Desvres"))
    norrent = ligne(Adherent.objects.get(nom="Norrent"))
    dit = {"exercice": simule, "motif": MOTIF, "maintenant": JANVIER}
    decider(decisions={desvres.reference: "juste"}, par=fanny, **dit)

    with pytest.raises(ConflitEtat, match="Fanny Delattre a déjà décidé de Desvres"):
        decider(
            decisions={norrent.reference: "juste", desvres.reference: "attendre"}, par=nadia, **dit
        )

    assert ligne(Adherent.objects.get(nom="Norrent")).decision == ""


def test_decider_apres_la_validation_dit_ou_en_est_l_appel(simule, fanny):
    desvres = ligne(Adherent.objects.get(nom="Desvres"))
    tout_decider(simule, par=fanny)
    mener(2027, "preparer", par=fanny)

    with pytest.raises(ConflitEtat, match="L'appel 2027 en est à"):
        decider(
            exercice=simule,
            decisions={desvres.reference: "attendre"},
            motif=MOTIF,
            par=fanny,
            maintenant=JANVIER,
        )


def test_un_effectif_arrive_apres_le_gel_se_relit_sur_toutes_les_lignes_d_un_coup(simule, fanny):
    tout_decider(simule, par=fanny)
    declarer(Adherent.objects.get(nom="Marles"), 24)
    declarer(Adherent.objects.get(nom="Audincthun"), 400)

    changees = services.relire_les_effectifs(exercice=simule, par=fanny, maintenant=JANVIER)

    marles, audincthun = (ligne(Adherent.objects.get(nom=nom)) for nom in ("Marles", "Audincthun"))
    assert (changees, marles.agents, marles.montant, marles.decision) == (2, 24, 0, "")
    assert (audincthun.presumee, audincthun.montant) == (False, 250)
    assert ligne(Adherent.objects.get(nom="Desvres")).decision == "juste"
    assert services.relire_les_effectifs(exercice=simule, par=fanny, maintenant=JANVIER) == 0


# ---------------------------------------------------------------- l'écran


@pytest.fixture
def client(fanny, monkeypatch) -> Client:
    monkeypatch.setattr("beffroi.centre.contributions.views.appel.maintenant", lambda: JANVIER)
    return connecter(Client(), fanny)


def page(client: Client, suite: str = "") -> str:
    reponse = client.get(f"{APPEL}{suite}")
    assert reponse.status_code == 200
    return " ".join(sans_insecables(reponse.content.decode()).split())


def test_l_ecran_montre_le_tri_puis_les_exceptions_seules(client, simule):
    lue = page(client)

    assert "Appel 2027, en un lot" in lue
    assert "Comment 7 adhérents sont devenus 4" in lue
    assert "Moins de 2000 habitants : présumés sous 350 agents" in lue
    exceptions = lue.split('id="exceptions"')[1].split('id="importer"')[0]
    for dit in ("Desvres", "Marles", "2140 hab., inconnu", "Norrent", "184/365", "CCAS de Lillers"):
        assert dit in exceptions
    assert "Calais" not in exceptions
    assert "S'ouvre quand il ne reste aucune exception" in lue


def test_on_decide_les_lignes_cochees_avec_un_motif_et_l_on_revient(client, simule):
    desvres, norrent = (
        ligne(Adherent.objects.get(nom=nom)).reference for nom in ("Desvres", "Norrent")
    )
    dit = {f"x-{desvres}": "on", f"x-{norrent}": "on", "motif": MOTIF}
    dit |= {f"decision-{desvres}": "juste", f"decision-{norrent}": "attendre"}

    fait = client.post(APPEL, dit)

    assert (fait.status_code, fait.url) == (302, f"{APPEL}#exceptions")
    assert "2 exceptions décidées." in page(client)
    assert Contribution.objects.filter(verification=MOTIF).count() == 2


def test_toutes_les_lignes_de_la_page_se_decident_sans_les_cocher(client, simule):
    references = [une.reference for une in Contribution.objects.all() if une.est_a_verifier]
    dit = {"page": references, "toutes": "on", "motif": MOTIF}
    dit |= {f"decision-{une.reference}": une.choix[0].valeur for une in Contribution.objects.all()}

    client.post(APPEL, dit)

    lue = page(client)
    assert "Aucune exception" in lue and "faire/preparer/" in lue


def test_un_motif_refuse_garde_ce_qui_etait_coche(client, simule):
    norrent = ligne(Adherent.objects.get(nom="Norrent")).reference

    refus = client.post(
        APPEL, {f"x-{norrent}": "on", f"decision-{norrent}": "attendre", "motif": "ok"}
    )

    lue = refus.content.decode()
    assert (refus.status_code, "ne dit pas pourquoi" in lue) == (422, True)
    (gardee,) = [une for une in refus.context["exceptions"] if une.est_cochee]
    assert (gardee.contribution.nom, gardee.choisi) == ("Norrent", "attendre")


def test_un_comptable_lit_le_tri_et_ne_decide_pas(simule, client, monkeypatch):
    lecteur = connecter(Client(), agent_du_centre("Solange Rime", "comptable"))

    assert "Décider ensemble" not in page(lecteur)
    assert lecteur.post(APPEL, {"motif": MOTIF}).status_code == 403


def test_les_exceptions_se_montrent_par_sorte(client, simule):
    lue = page(client, "?pourquoi=Juste au-dessus du seuil")

    exceptions = lue.split('id="exceptions"')[1].split('id="importer"')[0]
    assert "Marles" in exceptions and "Desvres</a>" not in exceptions


def test_le_total_du_detail_compte_les_estimations(client, fanny, grille):
    sous_convention(1, debut=date(2027, 7, 1), volume_estime=60)
    mener(2027, "figer", "simuler", par=fanny)

    lue = page(client)
    assert "dont 60 estimées" in lue


def test_la_page_lit_autant_avec_trente_adherents_qu_avec_sept(
    client, simule, fanny, django_assert_max_num_queries
):
    Contribution.objects.exists()
    with django_assert_max_num_queries(25):
        client.get(APPEL)
