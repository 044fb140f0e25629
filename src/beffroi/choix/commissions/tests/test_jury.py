"""Un jury examine des projets sans nom jusqu'à ce que son avis soit
signé (CCP, art. R. 2162-18).
"""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from beffroi.choix.commissions import queries, services
from beffroi.choix.commissions.models import CodeDeProjet
from beffroi.choix.commissions.mots import Fonction, Objet, Sorte
from beffroi.choix.commissions.queries import anonymat
from beffroi.choix.commissions.rules import Vote
from beffroi.choix.commissions.services import Affaire, ProjetDeCommission, ProjetDeMembre
from beffroi.choix.commissions.tests.offres import ENTREPRISES
from beffroi.choix.commissions.tests.scene import CONVOQUEE_LE, TENUE_LE, Seance
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.questions.tests.gestes import membre
from beffroi.reponse.depots.queries import cotraitants
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.queries import fichier_ouvert_pour
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, RoleManquant
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
ANALYSE = "beffroi.choix.analyse.queries.consultation_pour"


@pytest.fixture(autouse=True)
def le_jour_dit(monkeypatch):
    for module in ("jury", "membre", "reunion", "seance"):
        monkeypatch.setattr(
            f"beffroi.choix.commissions.views.{module}.maintenant", lambda: TENUE_LE
        )


@pytest.fixture
def jury(seance):
    """Hélène préside, Bernard et une architecte siègent ; présents.

    La CAO de `seance` reste à côté.
    """
    acte = {"par": seance.martine, "maintenant": CONVOQUEE_LE - timedelta(days=1)}
    commission = services.creer_une_commission(
        organisme=seance.consultation.organisme,
        projet=ProjetDeCommission("Jury de l'école", Sorte.JURY),
        **acte,
    )
    helene, bernard = (seance.scene.personne(cle).courriel for cle in ("helene", "bernard"))
    for nom, fonction, courriel in (
        ("Hélène Duriez", Fonction.PRESIDENT, helene),
        ("Bernard Lefebvre", Fonction.TITULAIRE, bernard),
        ("Ada Pierre", Fonction.TITULAIRE, ""),
    ):
        services.ajouter_un_membre(
            commission=commission, projet=ProjetDeMembre(nom, fonction, courriel=courriel), **acte
        )
    tenu = Seance(seance.scene, seance.plis, commission)
    tenu.convoquer(affaires=[Affaire(seance.consultation, objet=Objet.AVIS)])
    tenu.presents()
    return tenu


@pytest.fixture
def tire(jury):
    services.tirer_les_lettres(point=point(jury), par=jury.martine, maintenant=TENUE_LE)
    return jury


def point(jury):
    return queries.point_pour(jury.relue(), 1)


def signer(jury):
    jury.voter(Vote(3, 0, 0), proposition="Classer en tête : Projet A")
    jury.clore()
    depot = {
        "nom": "pv.pdf",
        "octets": b"%PDF-1.7 signe",
        "par": jury.martine,
        "maintenant": TENUE_LE,
    }
    jury.reunion = services.deposer_l_exemplaire_signe(reunion=jury.reunion, **depot)


def lever(jury):
    return services.lever_l_anonymat(point=point(jury), par=jury.martine, maintenant=TENUE_LE)


def lu(jury, qui, nom, **arguments):
    adresse = reverse(
        f"commissions:{nom}", kwargs={"reference": jury.reunion.reference, **arguments}
    )
    return connecter(Client(), jury.scene.personne(qui)).get(adresse)


def nommees(jury, texte):
    return [pli.equipe.nom for pli in jury.plis if pli.equipe.nom in texte]


def test_chaque_projet_a_une_lettre_et_une_seule_qui_reste(tire):
    lettres = anonymat.codes(tire.consultation, None)

    assert sorted(lettres.values()) == ["A", "B", "C"] and set(lettres) == {
        pli.pk for pli in tire.plis
    }
    with pytest.raises(RegleEnfreinte, match="Aucun projet"):
        services.tirer_les_lettres(point=point(tire), par=tire.martine, maintenant=TENUE_LE)
    assert anonymat.codes(tire.consultation, None) == lettres


def test_un_projet_ouvert_plus_tard_prend_la_lettre_suivante(jury, monkeypatch):
    toutes = list(anonymat.analyse_du_lot().offres(jury.consultation, None))
    offres = "beffroi.faces.portail.analyse_pour_la_commission.Analyse.offres"
    monkeypatch.setattr(offres, lambda *_: toutes[:2])
    services.tirer_les_lettres(point=point(jury), par=jury.martine, maintenant=TENUE_LE)
    monkeypatch.setattr(offres, lambda *_: toutes)

    [nouveau] = services.tirer_les_lettres(point=point(jury), par=jury.martine, maintenant=TENUE_LE)
    assert (nouveau.pli, nouveau.code) == (toutes[2].pli, "C")


def test_les_lettres_sont_tirees_au_sort(jury, monkeypatch):
    monkeypatch.setattr(
        "beffroi.choix.commissions.services.jury.SystemRandom.shuffle",
        lambda _, liste: liste.reverse(),
    )
    services.tirer_les_lettres(point=point(jury), par=jury.martine, maintenant=TENUE_LE)

    assert [pli.pk for pli in reversed(jury.plis)] == list(anonymat.codes(jury.consultation, None))


def test_sans_lettre_rien_ne_se_vote(jury):
    with pytest.raises(RegleEnfreinte, match="n'ont pas leur lettre"):
        jury.voter(Vote(3, 0, 0))


def test_aucun_ecran_du_jury_ne_dit_de_qui_est_un_projet_avant_l_avis_signe(tire, monkeypatch):
    monkeypatch.setattr(
        "beffroi.faces.portail.analyse_pour_la_commission.Analyse.rapport", lambda *_: b"%PDF-1.7"
    )
    voter = lu(tire, "martine", "voter", rang=1).content.decode()
    signer(tire)
    pages = [
        lu(tire, "martine", "reunion"),
        lu(tire, "bernard", "ma_reunion"),
        lu(tire, "helene", "reunion"),
    ]

    assert "Projet A" in voter and all(page.status_code == 200 for page in pages)
    assert not any(
        nommees(tire, texte) for texte in (voter, *(page.content.decode() for page in pages))
    )
    assert not any(pli.reference in voter for pli in tire.plis)
    assert lu(tire, "bernard", "rapport", rang=1).status_code == 403
    assert "41" not in re.sub(r"<[^>]*>", "", voter).split("Projet A")[1][:40]


def test_ni_le_vote_ni_le_proces_verbal_ni_le_journal_ne_nomment(tire):
    signer(tire)

    apercu = b"".join(lu(tire, "martine", "proces_verbal", extension="odt").streaming_content)
    assert apercu
    ecrites = [e.contenu for e in Ecriture.objects.filter(acte__startswith="commission.")]
    assert not any(
        pli.reference in dit or pli.equipe.nom in dit for pli in tire.plis for dit in ecrites
    )


def test_le_secretariat_lit_la_correspondance_un_membre_du_jury_jamais(tire):
    assert len(nommees(tire, lu(tire, "martine", "projets", rang=1).content.decode())) == len(
        ENTREPRISES
    )
    services.ajouter_un_membre(
        commission=tire.commission,
        projet=ProjetDeMembre(
            "Martine Caron", Fonction.CONSULTATIF, courriel=tire.martine.courriel
        ),
        par=tire.martine,
        maintenant=TENUE_LE,
    )

    assert lu(tire, "martine", "projets", rang=1).status_code == 403


def test_qui_juge_ne_lit_ni_l_analyse_ni_les_fichiers_d_une_offre_meme_avec_un_role(tire):
    bernard, reference = tire.scene.personne("bernard"), tire.consultation.reference
    offre = FichierOuvert.objects.filter(ouverture__enveloppe__sorte="offre").first()
    candidature = FichierOuvert.objects.filter(ouverture__enveloppe__sorte="candidature").first()

    with pytest.raises(RoleManquant, match="sans savoir de qui"):
        import_string(ANALYSE)(bernard, reference, "lire_l_analyse", le=TENUE_LE)
    with pytest.raises(RoleManquant, match="sans savoir de qui"):
        fichier_ouvert_pour(bernard, offre.reference, le=TENUE_LE)
    assert fichier_ouvert_pour(bernard, candidature.reference, le=TENUE_LE) == candidature
    signer(tire)
    lever(tire)
    assert fichier_ouvert_pour(bernard, offre.reference, le=TENUE_LE) == offre


def test_l_anonymat_ne_se_leve_qu_apres_l_avis_signe_et_une_fois(tire):
    with pytest.raises(RegleEnfreinte, match="pas encore donné son avis"):
        lever(tire)
    tire.voter(Vote(3, 0, 0))
    tire.clore()
    with pytest.raises(RegleEnfreinte, match="procès-verbal signé"):
        lever(tire)
    depot = {"nom": "pv.pdf", "octets": b"%PDF-1.7", "par": tire.martine, "maintenant": TENUE_LE}
    services.deposer_l_exemplaire_signe(reunion=tire.reunion, **depot)
    lever(tire)

    with pytest.raises(RegleEnfreinte, match="déjà levé"):
        lever(tire)
    with pytest.raises(ConflitEtat, match="est levé"):
        services.tirer_les_lettres(point=point(tire), par=tire.martine, maintenant=TENUE_LE)


@pytest.mark.moteurs
def test_leve_chacun_lit_les_noms_et_le_journal_garde_la_correspondance(tire):
    signer(tire)
    lever(tire)

    assert len(nommees(tire, lu(tire, "bernard", "ma_reunion").content.decode())) == len(
        ENTREPRISES
    )
    garde = Ecriture.objects.get(acte="commission.lever_l_anonymat").contenu
    assert all(
        f'"{tire.code}":"{tire.pli.reference}"' in garde for tire in CodeDeProjet.objects.all()
    )


def test_qui_agit_pour_un_participant_se_retire_ou_rien_ne_se_vote(tire):
    siege = tire.siege("Ada Pierre")
    siege.membre.utilisateur = tire.scene.personne("sophie")
    siege.membre.save()
    transaction.get_connection().run_on_commit.clear()

    with pytest.raises(RegleEnfreinte, match="Ada Pierre agit pour"):
        tire.voter(Vote(3, 0, 0))
    tire.deport("Ada Pierre")
    assert tire.voter(Vote(2, 0, 0)).adoptee


@pytest.mark.moteurs
def test_qui_agit_pour_le_membre_d_un_groupement_se_retire_aussi(tire, monkeypatch):
    cotraitante = membre("Nadia Autre", "99910006800009", "Toits unis", le=CONVOQUEE_LE)
    siege = tire.siege("Ada Pierre")
    siege.membre.utilisateur = cotraitante.utilisateur
    siege.membre.save()
    groupement = {"membres": [{"nom": "Toits unis", "identifiant": cotraitante.equipe.identifiant}]}
    monkeypatch.setattr(
        "beffroi.choix.commissions.queries.anonymat.cotraitants", lambda _: cotraitants(groupement)
    )

    with pytest.raises(RegleEnfreinte, match="Ada Pierre agit pour Toits unis"):
        tire.voter(Vote(3, 0, 0))


def test_un_jury_donne_un_avis_il_ne_choisit_pas(jury):
    with pytest.raises(RegleEnfreinte, match="ne choisit pas le titulaire"):
        jury.preparer(affaires=[Affaire(jury.consultation, objet=Objet.CHOIX)])


def test_l_ecran_tire_les_lettres_puis_leve(jury):
    martine, adresse = (
        connecter(Client(), jury.martine),
        reverse("commissions:projets", args=(jury.reunion.reference, 1)),
    )

    assert martine.post(adresse, {"geste": "lever"}).status_code == 422
    assert martine.post(adresse, {"geste": "tirer"}).status_code == 302
    signer(jury)
    assert martine.post(adresse, {"geste": "lever"}).status_code == 302
    assert "L'anonymat est levé" in martine.get(adresse).content.decode().replace("’", "'").replace(
        "&#x27;", "'"
    )


def test_la_page_d_une_affaire_de_la_cao_n_a_pas_de_projets(seance):
    seance.convoquer()

    assert lu(seance, "martine", "projets", rang=1).status_code == 404


def test_la_base_refuse_de_changer_une_lettre(tire):
    with pytest.raises(Exception, match="ne se modifient pas"), transaction.atomic():
        connection.cursor().execute("UPDATE commissions_codedeprojet SET code = 'Z'")
