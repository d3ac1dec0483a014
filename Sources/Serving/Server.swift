#if Explorer
  import Dispatch
  import NIOCore
  import NIOHTTP1
  import NIOPosix
  import Workers

  /// Serves answers on the loopback interface, to whoever the doorkeeper lets in.
  package final class Server: Sendable {
    package typealias Answer = @Sendable (_ target: String) -> Response

    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup

    /// - Throws: `IOError` where the port is taken.
    package init(port: Int, _ doorkeeper: Doorkeeper, _ answer: @escaping Answer) throws {
      let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
      self.group = group
      let workers = DispatchQueue(label: "answers", attributes: .concurrent)
      do {
        channel = try ServerBootstrap(group: group)
          .serverChannelOption(.backlog, value: 64)
          .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
          .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
          .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
              // Browsers send no request before the last one is answered, and a connection that they
              // close while they wait has to be seen at once.
              try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                withPipeliningAssistance: false)
              try channel.pipeline.syncOperations.addHandler(
                Conversation(doorkeeper, answer, workers))
            }
          }
          .bind(host: "127.0.0.1", port: port).wait()
      } catch {
        try? group.syncShutdownGracefully()
        throw error
      }
    }

    package var port: Int { channel.localAddress?.port ?? 0 }

    package func close() {
      try? channel.close().wait()
      try? group.syncShutdownGracefully()
    }
  }

  /// One connection: a request at a time, whose answer is given up when the other side goes.
  private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let doorkeeper: Doorkeeper
    private let answer: Server.Answer
    private let workers: DispatchQueue
    private var head: HTTPRequestHead?
    private var running: Cancellation?

    init(_ doorkeeper: Doorkeeper, _ answer: @escaping Server.Answer, _ workers: DispatchQueue) {
      self.doorkeeper = doorkeeper
      self.answer = answer
      self.workers = workers
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        guard running == nil else { return context.close(promise: nil) }
        self.head = head
      case .body: break
      case .end:
        guard let head else { return }
        self.head = nil
        reply(to: head, context)
      }
    }

    private func reply(to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
      let visit = Visit(
        method: head.method.rawValue, target: head.uri,
        headers: head.headers.map { ($0.name.lowercased(), $0.value) })
      if case .answered(let response) = doorkeeper.verdict(on: visit) {
        return send(response, to: head, context)
      }
      let cancellation = Cancellation()
      running = cancellation
      let (answer, channel) = (answer, context.channel)
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      workers.async {
        let response =
          (try? cancellation.during { answer(head.uri) }) ?? Response.text(499, "given up")
        channel.eventLoop.execute {
          let (conversation, context) = bound.value
          conversation.running = nil
          guard channel.isActive else { return }
          conversation.send(response, to: head, context)
        }
      }
    }

    private func send(
      _ response: Response, to head: HTTPRequestHead, _ context: ChannelHandlerContext
    ) {
      var headers = HTTPHeaders()
      for header in response.headers + Response.Header.always {
        headers.add(name: header.name, value: header.value)
      }
      headers.add(name: "Content-Length", value: String(response.body.count))
      let keepsAlive = head.isKeepAlive
      headers.add(name: "Connection", value: keepsAlive ? "keep-alive" : "close")
      context.write(
        wrapOutboundOut(
          .head(
            HTTPResponseHead(
              version: .http1_1, status: .init(statusCode: response.status), headers: headers))),
        promise: nil)
      if head.method != .HEAD {
        context.write(
          wrapOutboundOut(
            .body(.byteBuffer(context.channel.allocator.buffer(bytes: response.body)))),
          promise: nil)
      }
      let sent = context.eventLoop.makePromise(of: Void.self)
      if !keepsAlive {
        let channel = context.channel
        sent.futureResult.whenComplete { _ in channel.close(promise: nil) }
      }
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }

    func channelInactive(context: ChannelHandlerContext) {
      running?.ask()
      context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
#endif
