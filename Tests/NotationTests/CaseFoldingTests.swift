import Testing

@testable import Notation

@Suite("simple case folding") struct CaseFoldingTests {
  /// Every scalar of a block that folds, and what it folds to, from Python's Unicode data.
  struct Block: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let range: ClosedRange<UInt32>
    let from: String
    let to: String
  }

  @Test("each scalar of a block folds as Unicode says, the others stay", arguments: blocks)
  func block(_ block: Block) {
    let pairs = zip(block.from.unicodeScalars, block.to.unicodeScalars)
    let expected = Dictionary(uniqueKeysWithValues: pairs.map { ($0.value, $1.value) })
    #expect(expected.count == block.to.unicodeScalars.count)
    for scalar in block.range {
      #expect(simpleFold(scalar) == expected[scalar] ?? scalar, "\(String(scalar, radix: 16))")
    }
  }

  @Test("what folds to several scalars, or only in Turkish, folds to one or stays")
  func singles() {
    #expect(simpleFold(0x130) == 0x130)
    #expect(simpleFold(0x131) == 0x131)
    #expect(simpleFold(0xDF) == 0xDF)
    #expect(simpleFold(0x1E9E) == 0xDF)
    #expect(simpleFold(0x149) == 0x149)
    #expect(simpleFold(0x345) == 0x3B9)
    #expect(simpleFold(0xFB05) == 0xFB05)
    #expect(simpleFold(0x212A) == 0x6B)
    #expect(simpleFold(0x212B) == 0xE5)
    #expect(simpleFold(0x2126) == 0x3C9)
    #expect(simpleFold(0x1E921) == 0x1E943)
    #expect(simpleFold(0x10FFFF) == 0x10FFFF)
  }

  @Test("ASCII folds its 26 capitals and nothing else")
  func ascii() {
    for scalar in UInt32(0)..<128 {
      let isCapital = (65...90).contains(scalar)
      #expect(simpleFold(scalar) == (isCapital ? scalar + 32 : scalar))
    }
  }

  static let blocks: [Block] = [
    Block(
      testDescription: "Latin-1 and Latin Extended-A", range: 0x80...0x17F,
      from: "µÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐ"
        + "ĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤ"
        + "ŦŨŪŬŮŰŲŴŶŸŹŻŽſ",
      to: "μàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđ"
        + "ēĕėęěĝğġģĥħĩīĭįĳĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţť"
        + "ŧũūŭůűųŵŷÿźżžs"),
    Block(
      testDescription: "Greek", range: 0x370...0x3FF,
      from: "ͰͲͶͿΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫςϏϐ"
        + "ϑϕϖϘϚϜϞϠϢϤϦϨϪϬϮϰϱϴϵϷϹϺϽϾϿ",
      to: "ͱͳͷϳάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋσϗβ"
        + "θφπϙϛϝϟϡϣϥϧϩϫϭϯκρθεϸϲϻͻͼͽ"),
    Block(
      testDescription: "Cyrillic", range: 0x400...0x52F,
      from: "ЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧ"
        + "ШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦ"
        + "ҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶ"
        + "ӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮ",
      to: "ѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцч"
        + "шщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧ"
        + "ҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷ"
        + "ӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯ"),
    Block(
      testDescription: "Armenian", range: 0x530...0x58F,
      from: "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ",
      to: "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"),
    Block(
      testDescription: "Cherokee", range: 0x13A0...0x13FF,
      from: "ᏸᏹᏺᏻᏼᏽ",
      to: "ᏰᏱᏲᏳᏴᏵ"),
    Block(
      testDescription: "Greek Extended", range: 0x1F00...0x1FFF,
      from: "ἈἉἊἋἌἍἎἏἘἙἚἛἜἝἨἩἪἫἬἭἮἯἸἹἺἻἼἽἾἿὈὉὊὋὌὍὙὛὝὟ"
        + "ὨὩὪὫὬὭὮὯᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾸᾹᾺΆᾼιῈΈ"
        + "ῊΉῌῘῙῚΊῨῩῪΎῬῸΌῺΏῼ",
      to: "ἀἁἂἃἄἅἆἇἐἑἒἓἔἕἠἡἢἣἤἥἦἧἰἱἲἳἴἵἶἷὀὁὂὃὄὅὑὓὕὗ"
        + "ὠὡὢὣὤὥὦὧᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧᾰᾱὰάᾳιὲέ"
        + "ὴήῃῐῑὶίῠῡὺύῥὸόὼώῳ"),
    Block(
      testDescription: "Glagolitic", range: 0x2C00...0x2C5F,
      from: "ⰀⰁⰂⰃⰄⰅⰆⰇⰈⰉⰊⰋⰌⰍⰎⰏⰐⰑⰒⰓⰔⰕⰖⰗⰘⰙⰚⰛⰜⰝⰞⰟⰠⰡⰢⰣⰤⰥⰦⰧ"
        + "ⰨⰩⰪⰫⰬⰭⰮⰯ",
      to: "ⰰⰱⰲⰳⰴⰵⰶⰷⰸⰹⰺⰻⰼⰽⰾⰿⱀⱁⱂⱃⱄⱅⱆⱇⱈⱉⱊⱋⱌⱍⱎⱏⱐⱑⱒⱓⱔⱕⱖⱗ"
        + "ⱘⱙⱚⱛⱜⱝⱞⱟ"),
    Block(
      testDescription: "fullwidth forms", range: 0xFF00...0xFF5F,
      from: "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
      to: "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"),
    Block(
      testDescription: "Deseret", range: 0x10400...0x1044F,
      from: "𐐀𐐁𐐂𐐃𐐄𐐅𐐆𐐇𐐈𐐉𐐊𐐋𐐌𐐍𐐎𐐏𐐐𐐑𐐒𐐓𐐔𐐕𐐖𐐗𐐘𐐙𐐚𐐛𐐜𐐝𐐞𐐟𐐠𐐡𐐢𐐣𐐤𐐥𐐦𐐧",
      to: "𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯𐐰𐐱𐐲𐐳𐐴𐐵𐐶𐐷𐐸𐐹𐐺𐐻𐐼𐐽𐐾𐐿𐑀𐑁𐑂𐑃𐑄𐑅𐑆𐑇𐑈𐑉𐑊𐑋𐑌𐑍𐑎𐑏"),
  ]
}
