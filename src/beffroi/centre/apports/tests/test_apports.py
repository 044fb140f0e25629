"""Une collectivité sans compte renvoie sa délibération et son exemplaire ;
le centre de gestion les regarde.
"""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from beffroi.centre.apports import queries, services
from beffroi.centre.apports.liens import jeton
from beffroi.centre.apports.models import Apport
from beffroi.centre.conventions.echeances import attendues
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services import cycle, pieces
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, connecter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.semis import semee

pytestmark = pytest.mark.django_db
DELIBERATION = {
    "sorte": "deliberation",
    "numero": "2026-31",
    "date": "2026-10-01",
    "executoire_le": "2026-10-05",
    "de": "Martine Caron",
}


@pytest.fixture(autouse=True)
def a_lundi(monkeypatch):
    monkeypatch.setattr("beffroi.centre.apports.views.maintenant", lambda: LUNDI)


@pytest.fixture
@semee
def convention():
    gestes.le_centre()
    return gestes.envoyee()


@pytest.fixture
def centre(convention) -> Client:
    return connecter(Client(), avec_second_facteur(benoit()))


def benoit():
    return Utilisateur.objects.get(nom="Benoît Roussel")


def fichier(nom="piece.pdf", octets=gestes.PDF):
    return SimpleUploadedFile(nom, octets)


def lien_recu(debut: str) -> str:
    texte = Courriel.objects.filter(cle__startswith=debut).latest("ecrit_le").texte
    return re.search(r"https?://[^/]+(/adherer/dossier/\S+)", texte)[1]


def du_dossier(convention) -> str:
    convention.refresh_from_db()
    return reverse("apports:dossier", args=[jeton(convention)])


def apporter(client, convention, **saisie):
    return client.post(du_dossier(convention), {**DELIBERATION, "fichier": fichier(), **saisie})


def test_de_la_deliberation_a_la_signature_par_le_lien_du_courriel_sans_compte(
    client, convention, centre
):
    lien = lien_recu("convention:projet")
    assert "Renvoyer la délibération" in client.get(lien).content.decode()
    assert (
        client.post(lien, {**DELIBERATION, "fichier": fichier("délibération.pdf")}).status_code
        == 302
    )
    apport = Apport.objects.get()
    page = client.get(lien).content.decode()
    assert "Nous l’avons reçu" in page and apport.sha256 in page
    assert Convention.objects.get().etat == "chez_la_collectivite"

    assert list(queries.en_attente()) == [apport]
    centre.post(
        reverse("apports:retenir", args=[apport.reference]), {"date_de_l_acte": "2026-10-06"}
    )
    convention.refresh_from_db()
    assert (convention.etat, convention.deliberation_numero) == ("deliberation_recue", "2026-31")

    signer = lien_recu("convention:a_signer")
    client.post(
        signer,
        {
            "sorte": "exemplaire",
            "date": "2026-10-07",
            "de": "Martine Caron",
            "fichier": fichier("signé.pdf", gestes.PDF + b" et une signature"),
        },
    )
    exemplaire = Apport.objects.get(sorte="exemplaire")
    retenir = reverse("apports:retenir", args=[exemplaire.reference])
    refus = centre.post(retenir)
    assert refus.status_code == 422 and "ce que vous y avez vu" in refus.content.decode()
    centre.post(retenir, {"constat": "Madame la maire, page 9."})
    convention.refresh_from_db()
    assert convention.signee_par_l_adherent_le == date(2026, 10, 7)
    assert "plus rien à renvoyer" in client.get(signer).content.decode()
    gestes.une_signature(convention, "centre", date(2026, 10, 12))
    assert Convention.objects.get().etat == "signee"


@pytest.mark.parametrize("sorte", ["projet", "annexe"])
def test_le_projet_n_est_pas_une_deliberation_et_la_collectivite_le_lit_aussitot(
    client, convention, sorte
):
    envoye = convention.pieces.filter(sorte=sorte, nom__endswith=".pdf").first()
    with stockage().lire(envoye.cle_de_stockage) as flux:
        reponse = apporter(client, convention, fichier=fichier(octets=flux.read()))

    assert reponse.status_code == 422 and "personne ne l’a signé" in reponse.content.decode()
    assert not Apport.objects.exists()


def test_le_fichier_retenu_est_celui_que_la_collectivite_a_envoye_octet_pour_octet(
    client, convention, centre
):
    apporter(client, convention, fichier=fichier(octets=gestes.PDF + b" la vraie"))
    apport = Apport.objects.get()
    assert b"la vraie" in b"".join(
        centre.get(reverse("apports:fichier", args=[apport.reference])).streaming_content
    )
    centre.post(
        reverse("apports:retenir", args=[apport.reference]), {"date_de_l_acte": "2026-10-06"}
    )

    assert convention.pieces.get(sorte="deliberation").sha256 == apport.sha256


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({"date": "2026-11-30", "executoire_le": "2026-11-30"}, "datée de l’avenir"),
        ({"executoire_le": "2026-09-30"}, "avant d’avoir été prise"),
        ({"executoire_le": "2026-11-30"}, "pas encore venu"),
        ({"numero": ""}, "Remplissez"),
        ({"fichier": ""}, "fichier"),
        ({"fichier": SimpleUploadedFile("virus.exe", b"MZ" + b"0" * 50)}, "virus.exe"),
    ],
)
def test_un_renvoi_faux_se_refuse_avec_sa_raison_et_la_saisie_reste(
    client, convention, saisie, phrase
):
    reponse = apporter(client, convention, **saisie)

    assert reponse.status_code == 422 and phrase in reponse.content.decode()
    assert "Martine Caron" in reponse.content.decode() and Apport.objects.count() == 0


def test_un_second_fichier_remplace_le_premier_qui_attendait(client, convention):
    apporter(client, convention)
    apporter(client, convention, numero="2026-32")

    assert list(Apport.objects.order_by("pk").values_list("numero", "issue")) == [
        ("2026-31", "remplace"),
        ("2026-32", ""),
    ]
    with pytest.raises(ConflitEtat):
        services.retenir(
            apport=Apport.objects.get(numero="2026-31"),
            examen=services.Examen(date_de_l_acte=date(2026, 10, 6)),
            par=benoit(),
            maintenant=LUNDI,
        )


@pytest.mark.moteurs
def test_un_fichier_a_refaire_dit_pourquoi_a_la_collectivite(client, convention, centre):
    apporter(client, convention)
    refaire = reverse("apports:refaire", args=[Apport.objects.get().reference])
    assert centre.post(refaire, {"motif": ""}).status_code == 422

    centre.post(refaire, {"motif": "La page 2 manque."})
    assert "La page 2 manque." in client.get(lien_recu("apport:a_refaire")).content.decode()
    assert apporter(client, convention).status_code == 302
    assert Apport.objects.filter(issue="").count() == 1


def test_dix_fichiers_par_jour_au_plus(client, convention):
    for rang in range(10):
        assert apporter(client, convention, numero=str(rang)).status_code == 302

    assert "Dix fichiers" in apporter(client, convention).content.decode()
    assert Apport.objects.count() == 10


def test_le_lien_d_un_projet_repris_n_ouvre_plus_rien(client, convention):
    ancien = du_dossier(convention)
    reprise = cycle.reprendre(
        convention=convention, motif="Le nom change.", par=PLATEFORME, maintenant=LUNDI
    )
    assert client.get(ancien).status_code == 404
    cycle.envoyer(convention=reprise, par=PLATEFORME, maintenant=LUNDI + timedelta(hours=1))

    assert (
        client.get(ancien).status_code == 404
        and client.get(du_dossier(convention)).status_code == 200
    )


def test_un_lien_deja_recu_survit_a_une_cle_du_service_changee(client, convention, settings):
    lien = du_dossier(convention)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une toute autre clé"

    assert client.get(lien).status_code == 200


def test_un_lien_forge_ou_celui_d_une_convention_active_est_introuvable(client, convention):
    assert (
        client.get(reverse("apports:dossier", args=[f"{convention.reference}:forge"])).status_code
        == 404
    )
    lien = du_dossier(gestes.signee(gestes.deliberee(convention)))
    assert client.get(lien).status_code == 200

    gestes.active(Convention.objects.get())
    assert client.get(lien).status_code == 404


def test_le_lien_ne_donne_que_ce_que_le_centre_a_envoye(client, convention):
    gestes.deliberee(convention)
    lien = du_dossier(convention)
    deliberation = convention.pieces.get(sorte="deliberation")

    assert client.get(f"{lien}pieces/{deliberation.reference}/").status_code == 404
    exemplaire = convention.pieces.filter(sorte="exemplaire").first()
    assert client.get(f"{lien}pieces/{exemplaire.reference}/").status_code == 200


def test_une_deliberation_ne_se_renvoie_pas_quand_un_exemplaire_est_attendu(convention):
    convention = gestes.deliberee(convention)
    saisie = services.Saisie(
        "Martine", gestes.DELIBERE, Fichier("d.pdf", gestes.PDF), "1", gestes.EXECUTOIRE
    )

    with pytest.raises(RegleEnfreinte, match="n'attend plus rien"):
        services.apporter(
            convention=convention, sorte="deliberation", saisie=saisie, maintenant=LUNDI
        )


def test_la_base_refuse_deux_apports_qui_attendent(client, convention):
    apporter(client, convention)
    apport = Apport.objects.get()
    apport.pk, apport.reference = None, "AP-AUTRE222"
    with pytest.raises(IntegrityError), transaction.atomic():
        apport.save(force_insert=True)


@pytest.mark.moteurs
def test_un_apport_fait_pour_l_ancien_projet_ne_vaut_plus_et_sort_d_a_faire(
    client, convention, centre
):
    apporter(client, convention)
    ancien = Apport.objects.get()
    reprise = cycle.reprendre(
        convention=convention, motif="Le nom change.", par=PLATEFORME, maintenant=LUNDI
    )
    cycle.envoyer(convention=reprise, par=PLATEFORME, maintenant=LUNDI + timedelta(hours=1))

    with pytest.raises(ConflitEtat, match="projet plus récent"):
        services.retenir(
            apport=ancien,
            examen=services.Examen(date_de_l_acte=date(2026, 10, 6)),
            par=benoit(),
            maintenant=LUNDI,
        )
    assert services.oublier_les_perimes(maintenant=LUNDI + timedelta(hours=2)) == 1
    assert not queries.en_attente().exists() and Apport.objects.get().issue == "sans_objet"


def test_une_deliberation_que_le_centre_a_notee_lui_meme_rend_l_apport_sans_objet(
    client, convention
):
    apporter(client, convention)
    gestes.deliberee(Convention.objects.get())

    assert services.oublier_les_perimes(maintenant=LUNDI) == 1
    assert Convention.objects.get().etat == "deliberation_recue"


def test_une_page_restee_ouverte_ne_fait_pas_d_une_deliberation_un_exemplaire_signe(
    client, convention
):
    gestes.deliberee(Convention.objects.get())

    assert apporter(client, convention).status_code == 409 and not Apport.objects.exists()


def test_aucune_signature_ne_se_lit_dans_une_transaction(client, convention, centre, monkeypatch):
    apporter(client, convention)
    ouvertes = []
    lire = pieces.signatures_du_pdf
    monkeypatch.setattr(
        pieces,
        "signatures_du_pdf",
        lambda octets: ouvertes.append(len(connection.savepoint_ids)) or lire(octets),
    )
    services.retenir(
        apport=Apport.objects.get(),
        examen=services.Examen(date_de_l_acte=date(2026, 10, 6)),
        par=benoit(),
        maintenant=LUNDI,
    )

    assert ouvertes == [0]


def fiche(centre, convention) -> str:
    adresse = reverse("conventions:convention", args=[convention.reference])
    return centre.get(adresse).content.decode().replace("\xa0", " ")


def test_la_fiche_dit_ce_qui_est_revenu_et_ne_le_demande_plus(client, convention, centre):
    avant = fiche(centre, convention)
    assert "Pas encore reçue" in avant and "/deliberation/" in avant and "/relance/" in avant
    apporter(client, convention)
    apport = Apport.objects.get()

    page = fiche(centre, convention)
    assert "Pas encore reçue" not in page and f"/cdg/apports/{apport.reference}/" in page
    assert "La collectivité a répondu" in page and "Document renvoyé par la collectivité" in page
    assert "/deliberation/" not in page and "/relance/" not in page and "apport." not in page


def test_a_faire_ne_relance_pas_qui_a_deja_repondu(client, convention):
    tard = LUNDI + timedelta(days=45)
    relance = "Relancer une collectivité qui n'a pas délibéré"
    assert relance in [attendu.titre for attendu in attendues(le=tard)]
    apporter(client, convention)

    assert relance not in [attendu.titre for attendu in attendues(le=tard)]
