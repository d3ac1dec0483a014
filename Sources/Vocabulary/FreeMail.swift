/// Domains of addresses that say nothing of where somebody works: providers that give an address to everybody, and
/// relays that hide one; in the order of their bytes.
///
/// A definition names them `free-mail`.
package let freeMailDomains: [String] =
  """
  012.net.il 10minutemail.com 126.com 139.com 163.com 189.cn 21cn.com abv.bg addy.io aim.com
  alice.it aliyun.com ameritech.net anonaddy.com anonaddy.me aol.co.uk aol.com aol.de aol.fr
  aon.at arcor.de atlas.cz att.net azet.sk bbox.fr bell.net bellsouth.net bezeqint.net
  biglobe.ne.jp bigmir.net bigpond.com bigpond.net.au bk.ru bluewin.ch blueyonder.co.uk
  bol.com.br bredband.net broadpark.no btinternet.com casema.nl centrum.cz centrum.sk
  centurylink.net charter.net chello.at citromail.hu clix.pt club-internet.fr comcast.net
  comhem.se consultant.com countermail.com cox.net ctemplar.com daum.net dir.bg discard.email
  dispostable.com disroot.org docomo.ne.jp duck.com earthlink.net eircom.net elisanet.fi
  email.com email.cz email.it engineer.com europe.com excite.co.jp excite.com ezweb.ne.jp
  fakeinbox.com fastmail.com fastmail.fm fastmail.net fastwebnet.it foxmail.com free.fr
  freemail.hu freenet.de frontier.com gazeta.pl getnada.com globo.com globomail.com gmail.com
  gmx.at gmx.ch gmx.co.uk gmx.com gmx.de gmx.fr gmx.net gmx.us googlemail.com
  guerrillamail.com guerrillamail.net hanmail.net hetnet.nl hey.com hispeed.ch home.nl hot.ee
  hotmail.be hotmail.ch hotmail.co.jp hotmail.co.th hotmail.co.uk hotmail.com hotmail.com.ar
  hotmail.com.br hotmail.com.tr hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl
  hotmail.no hotmail.se hush.com hushmail.com i.softbank.jp i.ua icloud.com ig.com.br
  iinet.net.au inbox.eu inbox.lt inbox.lv inbox.ru indamail.hu indiatimes.com interia.eu
  interia.pl internet.ru inwind.it iol.it iol.pt jubii.dk juno.com kabelmail.de kakao.com
  keemail.me kolumbus.fi kpnmail.nl laposte.net lenta.ru libero.it list.ru live.be live.ca
  live.cn live.co.uk live.com live.com.au live.com.mx live.com.pt live.de live.dk live.fr
  live.it live.jp live.nl live.no live.se luukku.com lycos.com mac.com mail.bg mail.com
  mail.dk mail.ee mail.ru mailbox.org maildrop.cc mailfence.com mailinator.com mailnesia.com
  maktoob.com me.com meta.ua mindspring.com mintemail.com moakt.com movistar.es mozmail.com
  msn.com mweb.co.za mynet.com myyahoo.com nate.com naver.com netcabo.pt netscape.net
  netvision.net.il netzero.net neuf.fr nifty.com ntlworld.com numericable.fr o2.pl oi.com.br
  onet.pl online.de online.ee online.no ono.com op.pl optonline.net optusnet.com.au orange.fr
  orcon.net.nz outlook.at outlook.be outlook.com outlook.com.au outlook.com.br outlook.de
  outlook.dk outlook.es outlook.fr outlook.it outlook.jp outlook.kr outlook.pt outlook.sa
  ozemail.com.au pacbell.net passinbox.com passmail.com passmail.net passport.com pec.it
  planet.nl plusnet.com pm.me poczta.fm post.com post.cz posteo.de posteo.net
  privaterelay.appleid.com prodigy.net.mx proton.me protonmail.ch protonmail.com proximus.be
  qq.com r7.com rambler.ru rediffmail.com relay.firefox.com riseup.net roadrunner.com
  rocketmail.com rogers.com runbox.com sapo.pt sbcglobal.net scarlet.be seznam.cz sfr.fr
  sharklasers.com shaw.ca sify.com simplelogin.co simplelogin.com sina.cn sina.com sky.com
  skynet.be slingshot.co.nz softbank.ne.jp sohu.com spamgourmet.com spray.se startmail.com
  suddenlink.net sunrise.ch suomi24.fi superonline.com sympatico.ca t-online.de talktalk.net
  tdcadsl.dk telefonica.net telenet.be telia.com telkomsa.net telus.net temp-mail.org
  tempmail.com terra.com.br terra.es throwawaymail.com tim.it tin.it tiscali.co.uk tiscali.it
  tlen.pl tom.com tpg.com.au trashmail.com tuta.com tuta.io tutamail.com tutanota.com
  tutanota.de ukr.net uol.com.br upcmail.nl usa.com verizon.net videotron.ca virgilio.it
  virginmedia.com vodafone.de vodamail.co.za volny.cz vp.pl walla.co.il walla.com wanadoo.fr
  web.de webmail.co.za windowslive.com windstream.net wp.pl xs4all.nl xtra.co.nz ya.ru
  yahoo.ca yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz yahoo.co.uk yahoo.co.za
  yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.hk yahoo.com.mx yahoo.com.ph
  yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.de yahoo.dk yahoo.es yahoo.fr
  yahoo.gr yahoo.ie yahoo.in yahoo.it yahoo.no yahoo.pl yahoo.ro yahoo.se yandex.by yandex.com
  yandex.kz yandex.ru yandex.ua yeah.net ymail.com yopmail.com ziggo.nl zipmail.com.br
  zoho.com zohomail.com zohomail.eu zoznam.sk
  """
  .split { $0 == " " || $0 == "\n" }.map { String($0) }
