"""Un versement, de la demande à la prise en charge :
rien ne part deux fois, rien ne se perd, rien ne se confond.
"""

import hashlib
import json

import pytest
from django.db import IntegrityError, transaction

from beffroi.garde.archives.models import Paquet
from beffroi.garde.archives.ports import pieces_de
from beffroi.garde.versements import ports, services, taches
from beffroi.garde.versements.models import MessageDuService, Versement
from beffroi.garde.versements.services import envois
from beffroi.garde.versements.states import Etat
from beffroi.garde.versements.tests.scene import LE, OCTETS, PLUS_TARD, FauxService, paquet, relu
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, ServiceIndisponible
from beffroi.socle.fondations.models import Tache
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture
from formats.seda.tests.reponses import UNITES, accuse, refus, reponse

pytestmark = pytest.mark.django_db


def demande(de: Paquet | None = None, voie: str = "http") -> Versement:
    de = de or paquet()
    return services.demander_le_versement(paquet=de, voie=voie, par=de.demande_par, maintenant=LE)


def envoye(service: FauxService, de: Paquet | None = None) -> Versement:
    verse = demande(de)
    envois.envoyer.func(verse.reference)
    return relu(verse)


def remis(de: Paquet | None = None) -> Versement:
    de = de or paquet()
    return services.declarer_la_remise(
        paquet=de, remise="à Claire Monchy", par=de.demande_par, maintenant=LE
    )


def depose(verse: Versement, octets: bytes, nom: str = "atr.xml") -> Versement:
    return services.enregistrer_la_reponse(
        versement=verse, octets=octets, nom=nom, par=verse.demande_par, maintenant=PLUS_TARD
    )


def actes(verse: Versement) -> list[str]:
    return list(
        Ecriture.objects.filter(sujet=verse.reference)
        .order_by("numero")
        .values_list("acte", flat=True)
    )


def test_un_paquet_part_avec_l_identifiant_de_son_bordereau_et_la_prise_en_charge_revient(service):
    verse = envoye(service)
    qui = verse.paquet.reference
    service.ensuite = [accuse(qui), reponse(qui, unites=UNITES)]
    envois.relever.func(verse.reference)

    fini = relu(verse)
    assert (service.recus, service.octets) == ([(qui, verse.reference)], {verse.reference: OCTETS})
    assert (fini.etat, fini.accuse.identifiant, fini.reponse.cote) == (
        Etat.ACCEPTE,
        "SAE-AR-1",
        "3 E 118",
    )
    assert actes(fini) == [
        "versement.demander",
        "versement.noter_l_envoi",
        "versement.constater_l_accuse",
        "versement.constater_la_prise_en_charge",
    ]


def test_la_reponse_est_gardee_octet_pour_octet_et_son_empreinte_est_au_journal(service):
    verse = envoye(service)
    octets = reponse(verse.paquet.reference)
    fini = depose(verse, octets, nom="../ATR du SAE.xml")

    assert b"".join(stockage().lire(fini.reponse.cle_de_stockage)) == octets
    assert fini.reponse.sha256 == hashlib.sha256(octets).hexdigest()
    assert (fini.reponse.nom, fini.reponse.depose_par) == ("ATR du SAE.xml", fini.demande_par)
    dernier = Ecriture.objects.filter(sujet=fini.reference).latest("numero")
    assert json.loads(dernier.contenu)["donnees"]["sha256"] == fini.reponse.sha256


def test_un_message_nomme_comme_un_programme_s_enregistre_comme_un_xml(service):
    verse = envoye(service)

    assert (
        depose(verse, accuse(verse.paquet.reference), nom="reponse.exe").accuse.nom
        == "reponse.exe.xml"
    )


def test_un_second_clic_rend_le_versement_qui_attend(service):
    etabli = paquet()

    assert demande(etabli) == demande(etabli)
    assert Tache.objects.filter(chemin=envois.envoyer.module_path).count() == 1


def test_un_paquet_en_preparation_ne_se_verse_pas(service):
    en_cours = paquet(etat="demande", fini_le=None, cle_de_stockage="", taille=None, sha256="")

    with pytest.raises(RegleEnfreinte, match="n'est pas établi"):
        demande(en_cours)


def test_tomber_entre_l_envoi_et_sa_marque_renvoie_sous_la_meme_cle(service, monkeypatch):
    verse = demande()
    with monkeypatch.context() as panne:
        panne.setattr(envois, "point_de_panne", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            envois.envoyer.func(verse.reference)
    assert relu(verse).etat == Etat.A_ENVOYER

    envois.envoyer.func(verse.reference)

    assert service.recus == [(verse.paquet.reference, verse.reference)] * 2
    assert (relu(verse).etat, len(service.octets), Versement.objects.count()) == (Etat.ENVOYE, 1, 1)


def test_une_tache_refaite_apres_la_marque_n_envoie_plus(service):
    verse = envoye(service)
    envois.envoyer.func(verse.reference)

    assert len(service.recus) == 1


def test_ce_que_le_service_repond_aussitot_se_constate_du_meme_pas(service):
    etabli = paquet()
    service.aussitot = refus(etabli.reference)

    verse = envoye(service, etabli)
    assert (verse.etat, verse.reponse.motifs) == (Etat.REFUSE, ["Règle DUA-5-ANS inconnue"])


def test_une_panne_se_dit_et_la_file_recommence(service):
    verse, service.erreurs = demande(), [ServiceIndisponible("Le service se tait.")]
    with pytest.raises(ServiceIndisponible):
        envois.envoyer.func(verse.reference)
    assert (relu(verse).panne, relu(verse).arrete) == ("Le service se tait.", False)

    envois.envoyer.func(verse.reference)
    assert (relu(verse).etat, relu(verse).panne) == (Etat.ENVOYE, "")


def test_un_refus_de_nous_recevoir_attend_un_geste_puis_repart_sous_la_meme_cle(service):
    verse, service.erreurs = demande(), [ServiceIndisponible("Clé refusée.", permanent=True)]
    envois.envoyer.func(verse.reference)
    envois.envoyer.func(verse.reference)
    assert (relu(verse).arrete, service.recus) == (True, [])

    services.relancer(versement=verse, voie="http", par=verse.demande_par, maintenant=PLUS_TARD)
    envois.envoyer.func(verse.reference)
    assert service.recus == [(verse.paquet.reference, verse.reference)]


def test_un_service_qui_n_est_plus_regle_arrete_l_envoi_et_le_dit(sans_service):
    verse = demande()
    envois.envoyer.func(verse.reference)

    assert relu(verse).arrete
    assert "n'est plus réglé" in relu(verse).panne


def test_un_versement_ne_part_ni_ne_se_suit_par_une_autre_voie_que_la_sienne(service):
    parti, verse = envoye(service), demande(voie="dossier")
    Versement.objects.filter(pk=parti.pk).update(voie="dossier")
    Tache.objects.all().delete()
    service.ensuite = [reponse(parti.paquet.reference)]
    envois.envoyer.func(verse.reference)
    envois.relever.func(parti.reference)
    taches.suivre(PLUS_TARD)

    assert "n'est plus réglé" in relu(verse).panne and relu(verse).arrete
    assert (relu(parti).etat, Tache.objects.count()) == (Etat.ENVOYE, 0)


@pytest.mark.parametrize(
    ("abimer", "phrase"), [(True, "n'a plus l'empreinte"), (False, "ne se trouve plus")]
)
def test_un_paquet_abime_ou_perdu_n_arrive_pas(service, abimer, phrase):
    verse = demande()
    if abimer:
        Paquet.objects.filter(pk=verse.paquet.pk).update(cle_de_stockage=paquet().cle_de_stockage)
        Versement.objects.filter(pk=verse.pk).update(sha256="0" * 64)
    else:
        stockage().supprimer(verse.paquet.cle_de_stockage)
    envois.envoyer.func(verse.reference)

    assert phrase in relu(verse).panne
    assert (relu(verse).etat, relu(verse).arrete, service.octets) == (Etat.A_ENVOYER, True, {})


def test_la_reponse_a_un_autre_paquet_est_refusee_et_rien_n_en_est_garde(service):
    verse = remis()

    with pytest.raises(RegleEnfreinte, match="celle du transfert « PQ-AUTRE222 »"):
        depose(verse, reponse("PQ-AUTRE222"))
    assert (relu(verse).etat, MessageDuService.objects.count()) == (Etat.ENVOYE, 0)


def test_une_reponse_qui_ne_se_lit_pas_est_refusee_avec_sa_raison(service):
    entites = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'

    with pytest.raises(RegleEnfreinte, match="type de document"):
        depose(remis(), entites)


def test_ce_que_le_service_repond_de_travers_se_dit_sans_rien_changer(service):
    verse = envoye(service)
    service.ensuite = [b"<html>maintenance</html>", accuse("PQ-AUTRE222")]
    envois.relever.func(verse.reference)

    assert relu(verse).etat == Etat.ENVOYE
    assert "autre transfert, « PQ-AUTRE222 »" in relu(verse).panne


def test_refuse_un_paquet_se_verse_de_nouveau_et_l_ancien_refus_ne_le_ferme_pas(service):
    premier = envoye(service)
    qui = premier.paquet.reference
    service.ensuite = [refus(qui)]
    envois.relever.func(premier.reference)
    second = envoye(service, Paquet.objects.get(pk=premier.paquet.pk))
    envois.relever.func(second.reference)
    assert (relu(premier).etat, relu(second).etat) == (Etat.REFUSE, Etat.ENVOYE)

    service.ensuite = [refus(qui), reponse(qui)]
    envois.relever.func(second.reference)
    assert relu(second).etat == Etat.ACCEPTE
    assert service.recus == [(qui, premier.reference), (qui, second.reference)]


def test_un_versement_abandonne_ne_part_plus_et_libere_le_paquet(service):
    verse = demande()
    services.abandonner(
        versement=verse, motif="paquet à refaire", par=verse.demande_par, maintenant=LE
    )
    envois.envoyer.func(verse.reference)
    assert service.recus == []

    assert demande(Paquet.objects.get(pk=verse.paquet.pk)) != verse


def test_ce_qui_est_pris_en_charge_ne_s_abandonne_pas(service):
    fini = depose(remis(), reponse(Versement.objects.get().paquet.reference))

    with pytest.raises(ConflitEtat):
        services.abandonner(
            versement=fini, motif="erreur", par=fini.demande_par, maintenant=PLUS_TARD
        )


def test_la_ronde_redemande_toutes_les_dix_minutes_et_une_fois(service):
    verse = envoye(service)
    taches.suivre(LE)
    taches.suivre(LE)
    assert Tache.objects.filter(chemin=envois.relever.module_path).count() == 1

    Tache.objects.all().delete()
    service.erreurs = [ServiceIndisponible("Le service se tait.")]
    envois.relever.func(verse.reference)
    taches.suivre(LE)
    assert (relu(verse).panne, Tache.objects.count()) == ("Le service se tait.", 0)
    taches.suivre(PLUS_TARD)
    assert Tache.objects.filter(chemin=envois.relever.module_path).count() == 1


def test_la_ronde_reprend_un_envoi_que_la_file_a_laisse_et_pas_ce_qui_est_arrete(service):
    laisse, arrete = demande(), demande()
    Tache.objects.update(etat=Tache.Etat.ABANDONNEE)
    Versement.objects.filter(pk=arrete.pk).update(arrete=True)
    taches.suivre(PLUS_TARD)

    prete = Tache.objects.get(etat=Tache.Etat.PRETE)
    assert (prete.chemin, prete.arguments["args"]) == (
        envois.envoyer.module_path,
        [laisse.reference],
    )


def test_ce_qui_est_remis_a_la_main_n_est_demande_a_aucun_service(service):
    remis()
    taches.suivre(PLUS_TARD)

    assert not Tache.objects.exists()


@pytest.mark.parametrize(
    "faux",
    [
        {"etat": "accuse"},
        {"etat": "accepte"},
        {"etat": "refuse"},
        {"etat": "abandonne"},
        {"etat": "envoye", "envoye_le": None},
        {"remise": ""},
        {"voie": "http"},
        {"motif_d_abandon": "sans être abandonné"},
    ],
    ids=str,
)
def test_la_base_refuse_ce_que_les_regles_refusent(service, faux):
    verse = remis()

    with pytest.raises(IntegrityError), transaction.atomic():
        Versement.objects.filter(pk=verse.pk).update(**faux)


def test_la_base_ne_tient_qu_un_versement_vivant_par_paquet(service):
    verse = remis()

    with pytest.raises(IntegrityError), transaction.atomic():
        Versement.objects.create(
            paquet=verse.paquet,
            sha256=verse.sha256,
            voie="http",
            demande_par=verse.demande_par,
            demande_le=LE,
        )


def test_la_base_refuse_un_message_sans_octets(service):
    fini = depose(remis(), reponse(Versement.objects.get().paquet.reference))

    with pytest.raises(IntegrityError), transaction.atomic():
        MessageDuService.objects.filter(pk=fini.reponse.pk).update(cle_de_stockage="")


def test_la_reponse_suit_le_paquet_d_apres_et_ne_va_a_aucun_bordereau_d_elimination(service):
    fini = depose(remis(), reponse(Versement.objects.get().paquet.reference))
    (piece,) = [
        p for p in pieces_de(fini.paquet.consultation, le=PLUS_TARD) if p.sujet == fini.reference
    ]

    assert (piece.sha256, piece.cle) == (fini.reponse.sha256, "")
    assert hashlib.sha256(b"".join(piece.ouvrir())).hexdigest() == piece.sha256


def test_un_paquet_se_lit_par_blocs_et_le_dernier_attend_l_empreinte():
    lus: list[int] = []

    class Flux:
        reste = 3 * ports.BLOC + 5

        def read(self, combien):
            lus.append(combien)
            octets = b"x" * min(combien, self.reste)
            self.reste -= len(octets)
            return octets

        def __enter__(self):
            return self

        def __exit__(self, *_):
            """Rien à fermer."""

    transfert = ports.Transfert(
        cle="VS-1", identifiant="PQ-1", taille=1, sha256="0" * 64, ouvrir=Flux
    )
    rendus = []
    with pytest.raises(ServiceIndisponible, match="n'a plus l'empreinte") as panne:
        rendus.extend(len(bloc) for bloc in transfert.blocs())
    assert panne.value.permanent
    assert (rendus, set(lus)) == ([ports.BLOC] * 3, {ports.BLOC})
